import type * as ESTree from 'estree';

import { COUNT_METHODS, EMITTER_METHODS, NODE_EMITTERS } from '../data/emitters.js';
import { ownerOf } from './handle-owner.js';
import { listenerOf } from './listener-identity.js';
import type { FileModel } from './model.js';
import type { Registration } from './registrations.js';
import { methodCalledOn } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/**
 * Whether somebody else may remove a listener: who is given it, or what a custom `on()` returns.
 *
 * @param registrations all of the file, in which a listener may stand without being given away
 */
export function isCaredForElsewhere(added: Registration, registrations: ReadonlyMap<object, Registration>, model: FileModel): boolean {
  if (!NODE_EMITTERS.test(model.resolver.pathOf(added.emitter) ?? '') && isHandleKept(added.call, model)) return true;
  const listener = added.listener === undefined ? undefined : listenerOf(added.listener, model);
  if (listener?.kind === 'unknown') return true;
  return listener?.kind === 'named' && model.places.usesOf(listener.place).some((use) => isGivenAway(use, registrations));
}

/** `const subscription = bus.on(…)`, of which something is done later. */
function isHandleKept(call: ESTree.SimpleCallExpression, model: FileModel): boolean {
  const handle = endOfChain(call);
  const owner = ownerOf(handle, model);
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
      return at.right === inner;
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
