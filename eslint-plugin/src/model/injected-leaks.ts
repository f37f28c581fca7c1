import type * as ESTree from 'estree';

import { CLEANUP_METHODS, ENDING_EVENTS, ENDS_EMITTER, STARTS_AGAIN } from '../data/emitters.js';
import { classOf, injectedAt, isConstructor, isProvider, type Class } from './injected.js';
import { madeOf } from './made-of.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { callWith, methodCalledOn } from './releases.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** A class that listens to what it was given, and has a method that ends its objects without taking the listener away. */
export interface InjectedLeak {
  readonly className: string;
  readonly cleanup: ESTree.MethodDefinition;
  readonly cleanupName: string;
}

/** Bases that know nothing of what a class listens to. */
const PLAIN_BASE = /^((events|stream)#|global#(Object|EventTarget)$)/;

/**
 * How an added listener keeps the objects of its class in memory; undefined where the emitter may end with the object.
 *
 * @param cleanupMethods more names of methods that end an object
 */
export function injectedLeak({ key, call }: Registration, registrations: readonly Registration[], model: FileModel, cleanupMethods: readonly string[]): InjectedLeak | undefined {
  if (typeof key !== 'object') return undefined;
  const owner = classOf(key) ?? classAround(call);
  if (owner === undefined || injectedAt(key, owner, model) === undefined || isProvider(owner, model.resolver) || !isPlain(owner, model)) return undefined;
  // Objects that can be started again are not over when they are stopped.
  if (isConstructor(functionAround(call)) && owner.body.body.some((member) => member.type === 'MethodDefinition' && STARTS_AGAIN.has(nameOf(member) ?? ''))) return undefined;
  const cleanup = cleanupOf(owner, cleanupMethods);
  const name = cleanup === undefined ? undefined : nameOf(cleanup);
  if (cleanup === undefined || name === undefined || endsEmitter(key, registrations, model) || isMadeFor(key, owner, model)) return undefined;
  return { className: owner.id?.name ?? 'the class', cleanup, cleanupName: name };
}

/** The class in whose constructor a node stands directly. */
function classAround(node: ESTree.Node): Class | undefined {
  const around = functionAround(node);
  const owner = isConstructor(around) ? (around as Parented).parent?.parent?.parent : undefined;
  return owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression' ? owner : undefined;
}

function isPlain(owner: Class & { readonly abstract?: boolean }, { resolver }: FileModel): boolean {
  return owner.abstract !== true && (!owner.superClass || PLAIN_BASE.test(resolver.pathOf(owner.superClass) ?? ''));
}

function cleanupOf({ body: { body } }: Class, more: readonly string[]): ESTree.MethodDefinition | undefined {
  const isCleanup = (name: string | undefined): boolean => name !== undefined && (CLEANUP_METHODS.has(name) || more.includes(name));
  return body.find((member): member is ESTree.MethodDefinition => member.type === 'MethodDefinition' && member.kind === 'method' && !member.static && isCleanup(nameOf(member)));
}

function nameOf(method: ESTree.MethodDefinition): string | undefined {
  const { key } = method;
  // [Symbol.dispose]()
  if (key.type === 'MemberExpression') return /^(asyncDispose|dispose)$/.test(propertyOf(key) ?? '') ? '@@dispose' : undefined;
  return keyOf(method);
}

/** Whether the emitter is ended, handed to who may end it, replaced, or says itself when it ends. */
function endsEmitter(emitter: Place, registrations: readonly Registration[], { places }: FileModel): boolean {
  if (registrations.some(({ key, event }) => key === emitter && typeof event === 'string' && ENDING_EVENTS.has(event))) return true;
  return places.usesOf(emitter).some((use) => {
    const method = methodCalledOn(use);
    if (method !== undefined) return ENDS_EMITTER.test(method);
    const { parent } = use as Parented;
    if (parent?.type === 'AssignmentExpression' && parent.left === use) return !isConstructor(functionAround(use));
    return callWith(use) !== undefined || (parent?.type === 'ReturnStatement');
  });
}

/** Whether the file makes the objects, each with an emitter of its own. */
function isMadeFor(emitter: Place, owner: Class, model: FileModel): boolean {
  const position = injectedAt(emitter, owner, model) ?? 0;
  const made = madeOf(owner, model);
  return made.length > 0 && made.every(({ arguments: given }) => {
    const place = model.places.of(given[position]);
    return place === undefined ? unwrapped(given[position])?.type === 'NewExpression' : place.life !== 'process' && place.life !== 'instance';
  });
}
