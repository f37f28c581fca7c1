import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { COUNT_METHODS, EMITTER_METHODS, NODE_EMITTERS } from '../data/emitters.js';
import { ownerOf } from './handle-owner.js';
import { isDroppedByCallers } from './dropped-by-callers.js';
import { listenerOf } from './listener-identity.js';
import type { FileModel } from './model.js';
import type { Registration } from './registrations.js';
import { methodCalledOn } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

interface Given {
  /** All registrations of the file, in which a listener may stand without being given away. */
  readonly byCall: ReadonlyMap<object, Registration>;
  readonly callersOf: (node: FunctionNode) => readonly ESTree.Node[];
  readonly model: FileModel;
}

/** Whether somebody else may remove a listener: who is given it, or who has what a custom `on()` returned. */
export function isCaredForElsewhere(added: Registration, given: Given): boolean {
  const { byCall, model } = given;
  if (!NODE_EMITTERS.test(model.resolver.pathOf(added.emitter) ?? '') && isHandleKept(endOfChain(added.call), model)) return true;
  const listener = added.listener === undefined ? undefined : listenerOf(added.listener, model);
  if (listener?.kind === 'unknown') return true;
  // Who is given a listener once, when things are set up, does not remove it for each request.
  const isReached = model.reachOf(added.call) !== undefined;
  return listener?.kind === 'named' && !isOnlyHere(added, byCall, model) && model.places.usesOf(listener.place).some((use) => isGivenAway(use, byCall) && (!isReached || model.reachOf(use) !== undefined));
}

/** `request.on('socket', (socket) => { socket.on('error', f); })`: who is given the listener, but not the emitter, cannot take it off. */
function isOnlyHere({ key }: Registration, byCall: Given['byCall'], { places }: FileModel): boolean {
  const [definition] = (typeof key === 'object' ? (key.root as Partial<Scope.Variable>).defs : undefined) ?? [];
  if (typeof key !== 'object' || key.path.length > 0 || definition?.type !== 'Parameter') return false;
  const isCallback = (definition.node as Parented).parent?.type === 'CallExpression';
  return isCallback && !places.usesOf(key).some((use) => isGivenAway(use, byCall));
}

/** `const subscription = bus.on(…)`, of which something is done later. */
function isHandleKept(handle: ESTree.Node, model: FileModel): boolean {
  const owner = ownerOf(handle, model);
  if (owner.kind === 'elsewhere') return !isDroppedByCallers(handle, model);
  if (owner.kind !== 'held') return owner.kind !== 'dropped';
  return owner.place.path.length > 0 || model.places.usesOf(owner.place).some((use) => !isDeclared(use) && !EMITTER_METHODS.has(methodCalledOn(use) ?? ''));
}

/** `bus.on('a', f).on('b', g)` */
function endOfChain(call: ESTree.SimpleCallExpression): ESTree.Node {
  let node = call as Parented;
  for (let at = node.parent; at?.type === 'MemberExpression' && at.object === node && at.parent?.type === 'CallExpression' && /^(on|once|addListener|prependListener)$/.test(propertyOf(at) ?? ''); at = node.parent) node = at.parent;
  return node;
}

function isDeclared(use: ESTree.Node): boolean {
  const { parent } = use as Parented;
  return parent?.type === 'VariableDeclarator' && parent.id === use;
}

/** Passed to something that is not about listeners, returned, or put somewhere. */
function isGivenAway(use: ESTree.Node, registrations: ReadonlyMap<object, Registration>): boolean {
  let inner = use as Parented;
  let at = inner.parent;
  while (at !== null && at !== undefined && (unwrapped(at) !== at || at.type === 'LogicalExpression' || (at.type === 'ConditionalExpression' && at.test !== inner))) [inner, at] = [at, at.parent];
  switch (at?.type) {
    case 'CallExpression':
    case 'NewExpression':
      return at.callee !== inner && !registrations.has(at);
    case 'AssignmentExpression':
      // `signal.onabort = f`, where there is no addEventListener.
      return at.right === inner && !(at.left.type === 'MemberExpression' && /^on[a-z]+$/.test(propertyOf(at.left) ?? ''));
    case 'VariableDeclarator':
      return at.init === inner;
    case 'Property':
      return at.value === inner && at.parent?.type === 'ObjectExpression';
    case 'ArrowFunctionExpression':
      return at.body === inner;
    case 'ReturnStatement':
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'YieldExpression':
    case 'AwaitExpression':
      return true;
    default:
      return false;
  }
}

/** `if (bus.listenerCount('x') === 0) bus.on('x', f)` */
export function isGuardedByCount(call: ESTree.Node, textOf: (node: ESTree.Node) => string): boolean {
  for (let at = (call as Parented).parent; at !== null && at !== undefined; at = at.parent) {
    if ((at.type === 'IfStatement' || at.type === 'ConditionalExpression') && asksForListeners(textOf(at.test))) return true;
    if (at.type === 'LogicalExpression' && asksForListeners(textOf(at.left))) return true;
  }
  return false;
}

const asksForListeners = (text: string): boolean => text.split(/\W+/).some((word) => COUNT_METHODS.test(word));
