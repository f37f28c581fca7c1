import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { ENDING_EVENTS, ENDS_EMITTER } from '../data/emitters.js';
import { executorAround } from './executors.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { methodCalledOn } from './releases.js';
import { unwrapped } from './resolver.js';
import { isMadeByConstructor, isRepeated, type WorkLeak } from './work-leaks.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What begins or ends an object, or waits for that: called once for each. */
const ONE_STAGE = /connect|open|start|ready|login|auth|handshake|load|listen|close|end|stop|destroy|quit|shut|exit|finish|flush|drain|dispose|kill|terminate/i;

/**
 * Whether a call of a method leaves a listener on `this` or on what the constructor made, because its promise settles on a way that does not take it off:
 * `new Promise((resolve, reject) => { this.once('timeout', reject); this.once('answer', resolve); })`. Undefined for other listeners.
 */
export function waitLeak(added: Registration, registrations: readonly Registration[], model: FileModel): WorkLeak | undefined {
  const { call, key } = added;
  const executor = executorAround(call, model);
  const owner = executor === undefined ? undefined : functionAround((executor as Parented).parent ?? executor);
  if (executor === undefined || typeof key !== 'object' || owner === undefined || !isThereForAll(key, model) || !isRepeated(owner) || ONE_STAGE.test(model.functions.nameOf(owner))) return undefined;
  const about = registrations.filter((each) => each.key === key && (each.kind === 'remove' || each.kind === 'remove-all') && (each.event === undefined || each.event === added.event));
  if (about.some((each) => !isInside(each.call, executor)) || isEndedBy(key, owner, model)) return undefined;
  const beside = registrations.filter((each) => each.key === key && isInside(each.call, executor));
  // A request has one response.
  if (beside.some(({ event }) => event === 'response')) return undefined;
  // When its own event comes, once() takes it off; and after an error, what happened to the emitter is over.
  const over = beside.filter((each) => each === added ? added.kind === 'once' : typeof each.event === 'string' && (each.event === 'error' || ENDING_EVENTS.has(each.event)));
  const ends = over.flatMap((each) => [each.call, ...functionsOf(each.listener, model)]);
  const ways = settlingWays(executor, model).filter((way) => !ends.some((each) => isInside(way, each)));
  const takesOff = (node: FunctionNode): boolean => about.some((each) => isOf(each, added, model) && isInside(each.call, node)) || callsOf(node, model).some((target) => about.some((each) => isOf(each, added, model) && isInside(each.call, target)));
  return ways.some((way) => !functionsFrom(way, executor).some(takesOff)) ? { functionName: model.functions.nameOf(owner) } : undefined;
}

/** Whether the emitter is the object of the method, or what its constructor made. */
function isThereForAll(key: Place, model: FileModel): boolean {
  return key.life === 'instance' && (key.path.length === 0 || isMadeByConstructor(key, model));
}

/** Whether the function ends the emitter, and its listeners with it. */
function isEndedBy(key: Place, owner: FunctionNode, { places }: FileModel): boolean {
  return places.usesOf(key).some((use) => isInside(use, owner) && ENDS_EMITTER.test(methodCalledOn(use) ?? ''));
}

/** Where `resolve` and `reject` are called, or handed to what calls them, other than at once. */
function settlingWays(executor: FunctionNode, { places }: FileModel): readonly ESTree.Node[] {
  return executor.params.flatMap((parameter) => {
    const place = parameter.type === 'Identifier' ? places.of(parameter) : undefined;
    return place === undefined ? [] : places.usesOf(place).filter((use) => use !== parameter && !((use as Parented).parent?.type === 'CallExpression' && isCallee(use) && functionAround(use) === executor));
  });
}

function isCallee(use: ESTree.Node): boolean {
  const { parent } = use as Parented;
  return parent?.type === 'CallExpression' && parent.callee === use;
}

/** Whether a removal takes the listener itself, or all of its event. */
function isOf({ kind, listener }: Registration, added: Registration, { places }: FileModel): boolean {
  const mine = places.of(nameOf(unwrapped(added.listener)));
  return kind === 'remove-all' || mine === undefined || places.of(unwrapped(listener)) === mine;
}

/** `f` of a function that is written where it is added, and has a name. */
function nameOf(listener: ESTree.Node | undefined): ESTree.Node | null | undefined {
  return listener?.type === 'FunctionExpression' ? listener.id : listener;
}

/** The functions around a node, up to one that is not among them. */
function functionsFrom(node: ESTree.Node, end: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at = functionAround(node); at !== undefined && at !== end; at = functionAround(at)) found.push(at);
  return found;
}

function callsOf(node: FunctionNode, model: FileModel): readonly FunctionNode[] {
  const ordinal = model.functions.ordinalOf(node);
  return ordinal === undefined ? [] : model.functions.callsIn(ordinal).flatMap(({ callee }) => functionsOf(callee, model));
}

/** The functions of the file that an expression may stand for. */
function functionsOf(node: ESTree.Node | undefined, { functions, targets }: FileModel): readonly FunctionNode[] {
  return targets.of(node ?? {}).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
}

function isInside(node: ESTree.Node, outer: ESTree.Node): boolean {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}
