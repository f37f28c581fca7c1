import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What becomes of a handle (a timer, a client) in the expression that acquires it. */
export type HandleOwner =
  /** Nobody can ever release it. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'held'; readonly place: Place }
  /** Added to a collection. */
  | { readonly kind: 'collected'; readonly place: Place }
  /** Returned, passed on, put where this file does not say: somebody else's to release. */
  | { readonly kind: 'elsewhere' };

const ELSEWHERE: HandleOwner = { kind: 'elsewhere' };
/** Methods that take a function and do not look at what it returns. */
const IGNORES_RESULT = new Set(['forEach', 'on', 'once', 'addListener', 'prependListener', 'addEventListener', 'setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask']);
const ADDS = new Set(['push', 'unshift', 'add', 'set']);

/**
 * Who owns a handle.
 *
 * @param handle the call that acquires it, or the outermost one of a chain that gives it back, such as `setInterval(f, 1).unref()`
 */
export function ownerOf(handle: ESTree.Node, { places, handlers }: FileModel): HandleOwner {
  const place = places.heldIn(handle);
  let inner = handle as Parented;
  let { parent } = inner;
  while (parent !== null && parent !== undefined && (unwrapped(parent) !== parent || parent.type === 'LogicalExpression' || parent.type === 'ConditionalExpression')) [inner, parent] = [parent, parent.parent];
  if (parent === null || parent === undefined) return ELSEWHERE;
  if (place !== undefined) return isUsing(parent) ? ELSEWHERE : { kind: 'held', place };
  if (parent.type === 'ExpressionStatement' || (parent.type === 'UnaryExpression' && parent.operator === 'void')) return { kind: 'dropped' };
  if (parent.type === 'ArrowFunctionExpression') return handlers.some(({ node }) => node === parent) || isIgnored(parent) ? { kind: 'dropped' } : ELSEWHERE;
  const collection = collectionOf(parent, inner);
  const into = collection === undefined ? undefined : places.of(collection);
  return into === undefined ? ELSEWHERE : { kind: 'collected', place: into };
}

/** `using timer = …` is released at the end of its block. */
function isUsing(declarator: Parented): boolean {
  const declaration = declarator.type === 'VariableDeclarator' ? (declarator.parent as { readonly kind?: string } | null | undefined) : undefined;
  return declaration?.kind?.endsWith('using') ?? false;
}

/** `list.forEach(() => HANDLE)` */
function isIgnored(callback: Parented): boolean {
  const { parent } = callback;
  if (!isFunction(callback) || parent?.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === callback)) return false;
  const callee = unwrapped(parent.callee);
  const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
  return name !== undefined && IGNORES_RESULT.has(name);
}

/** `timers` of `timers.push(HANDLE)` and `timers[key] = HANDLE`. */
function collectionOf(parent: Parented, inner: Parented): ESTree.Node | undefined {
  if (parent.type === 'AssignmentExpression' && parent.right === inner && parent.left.type === 'MemberExpression') return parent.left.object;
  if (parent.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === inner)) return undefined;
  const callee = unwrapped(parent.callee);
  return callee?.type === 'MemberExpression' && ADDS.has(propertyOf(callee) ?? '') ? callee.object : undefined;
}
