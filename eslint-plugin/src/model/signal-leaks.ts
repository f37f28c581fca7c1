import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type CallNode, type FunctionNode } from '../cross-file/functions.js';
import { ENDS_EMITTER, SIGNAL_NAME } from '../data/emitters.js';
import { isExecutor } from './executors.js';
import { classOf, isConstructor, type Class } from './injected.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const STREAM_CLASS = /^(stream|readable-stream)#(default\.)?(Readable|Writable|Duplex|Transform|PassThrough)$/;
/** What is made for one request has a signal that ends with it. */
const OF_A_REQUEST = /^_?(req|request|ctx|context|c|event|evt)$/;

/** An abort listener that is about one piece of work, on a signal that may be there long after it. */
export interface SignalLeak {
  /** The function that was given the signal. */
  readonly functionName: string;
}

/**
 * Whether a listener is left on a signal that a function was given, when the work is done for which it was added: it settles a promise that is made
 * there, or aborts a controller of an async function. Undefined for other listeners: they may be about something as old as the signal.
 */
export function signalLeak({ event, key, call, listener, method }: Registration, model: FileModel): SignalLeak | undefined {
  if (event !== 'abort' || method !== 'addEventListener' || typeof key !== 'object' || listener === undefined) return undefined;
  if (!isSignal(key)) return undefined;
  const stream = streamGiven(key, model);
  if (stream !== undefined) return callsOf(listener, model).some(({ callee }) => endsObject(callee, stream, model)) ? { functionName: stream.id?.name ?? 'the stream' } : undefined;
  const owner = givenTo(key, model);
  if (owner === undefined || [key.name.split('.')[0] ?? '', ...key.path].some((name) => OF_A_REQUEST.test(name))) return undefined;
  return settles(listener, call, model) || callsOf(listener, model).some((each) => settles(each.callee, call, model) || abortsWorkOf(each, owner)) ? { functionName: model.functions.nameOf(owner) } : undefined;
}

/** By its name, or by the type of the parameter. */
function isSignal({ name, root, path }: Place): boolean {
  const parameter = (root as Partial<Scope.Variable>).defs?.[0]?.name as { readonly typeAnnotation?: { readonly typeAnnotation?: { readonly typeName?: { readonly name?: string } } } } | undefined;
  return SIGNAL_NAME.test(name) || (path.length === 0 && parameter?.typeAnnotation?.typeAnnotation?.typeName?.name === 'AbortSignal');
}

function callsOf(given: object, { targets, functions }: FileModel): readonly CallNode[] {
  return targets.of(given).flatMap((target) => (typeof target === 'number' ? functions.callsIn(target) : []));
}

/**
 * The function of which a signal, or the object that it is a member of, is a parameter: also as `const { signal } = options ?? {}`.
 * Not a constructor: its objects may live as long as the signal.
 */
function givenTo({ root }: Place, { resolver }: FileModel): FunctionNode | undefined {
  const [definition] = (root as Partial<Scope.Variable>).defs ?? [];
  if (definition?.type === 'Parameter') return isFunction(definition.node) && !isConstructor(definition.node) ? definition.node : undefined;
  if (definition?.type !== 'Variable') return undefined;
  const value = unwrapped(definition.node.init);
  let source = value?.type === 'LogicalExpression' ? unwrapped(value.left) : value;
  while (source?.type === 'MemberExpression') source = unwrapped(source.object);
  const given = source?.type === 'Identifier' ? resolver.variableOf(source)?.defs[0] : undefined;
  return given?.type === 'Parameter' && isFunction(given.node) && !isConstructor(given.node) ? given.node : undefined;
}

/** The class of streams whose objects have a signal from who makes them: a stream is over when its data is, the signal need not be. */
function streamGiven(key: Place, { resolver, nodes, places }: FileModel): Class | undefined {
  const parameter = (key.root as Partial<Scope.Variable>).defs?.[0];
  const owner = parameter?.type === 'Parameter' && isConstructor(parameter.node) ? classAround(parameter.node) : classOf(key);
  if (!owner?.superClass || !STREAM_CLASS.test(resolver.pathOf(owner.superClass) ?? '')) return undefined;
  // Its own controller goes with it.
  const isOwn = nodes.of('NewExpression').some((made) => resolver.pathOf(made.callee) === 'global#AbortController' && places.heldIn(made)?.root === owner.body);
  return isOwn ? undefined : owner;
}

function classAround(constructor: FunctionNode): Class | undefined {
  const owner = (constructor as Parented).parent?.parent?.parent;
  return owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression' ? owner : undefined;
}

/** `this.destroy()` */
function endsObject(given: object, { body }: Class, { places }: FileModel): boolean {
  const callee = unwrapped(given);
  return callee?.type === 'MemberExpression' && ENDS_EMITTER.test(propertyOf(callee) ?? '') && places.of(callee.object)?.root === body;
}

/** Whether it is `reject` of a `new Promise()` around the call or of a `Promise.withResolvers()`, or a function that calls it. */
function settles(callee: object, call: ESTree.Node, model: FileModel): boolean {
  return isSettling(callee, call, model) || callsOf(callee, model).some((each) => isSettling(each.callee, call, model));
}

function isSettling(callee: object, call: ESTree.Node, model: FileModel): boolean {
  const { resolver } = model;
  const name = unwrapped(callee);
  const definition = name?.type === 'Identifier' ? resolver.variableOf(name)?.defs[0] : undefined;
  if (definition?.type === 'Variable') return resolver.pathOf(unwrapped((definition.node.init as ESTree.SimpleCallExpression | null | undefined)?.callee) ?? {}) === 'global#Promise.withResolvers';
  if (definition?.type !== 'Parameter') return false;
  for (let around = functionAround(call); around !== undefined; around = functionAround(around)) if (definition.node === around) return isExecutor(around, model);
  return false;
}

/** `controller.abort()`, of a controller that is not a field. */
function abortsWorkOf({ callee }: CallNode, owner: FunctionNode): boolean {
  const member = unwrapped(callee);
  return owner.async === true && member?.type === 'MemberExpression' && propertyOf(member) === 'abort' && unwrapped(member.object)?.type === 'Identifier';
}
