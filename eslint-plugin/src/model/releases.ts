import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/**
 * When something at a node runs, seen from the function that it is about: `always` in `finally`, in a `catch`, or in another function
 * (a listener, a method, a callback); `unless-thrown` where an error before it skips it.
 */
export function whenRuns(node: object, owner: object | undefined): 'always' | 'unless-thrown' {
  let inner = node as Parented;
  for (let at = inner.parent; at !== null && at !== undefined && at !== owner; inner = at, at = at.parent) {
    if (at.type === 'TryStatement' && at.finalizer === inner) return 'always';
    if (at.type === 'CatchClause') return 'always';
    if (isFunction(at)) return isThenOnly(at) ? 'unless-thrown' : 'always';
  }
  return 'unless-thrown';
}

/** The callback of `promise.then(f)`, which does not run when the promise is rejected. */
function isThenOnly(callback: Parented): boolean {
  const { parent } = callback;
  return parent?.type === 'CallExpression' && parent.arguments.length === 1 && parent.arguments[0] === callback && parent.callee.type === 'MemberExpression' && propertyOf(parent.callee) === 'then';
}

/** The call that an expression is an argument of, if it is directly one. */
export function callWith(node: object): ESTree.SimpleCallExpression | undefined {
  let inner = node as Parented;
  let at = inner.parent;
  while (at !== null && at !== undefined && unwrapped(at) !== at) [inner, at] = [at, at.parent];
  return at?.type === 'CallExpression' && at.arguments.some((argument) => argument === inner) ? at : undefined;
}

/** The method of an expression that is called there: `close` of `x.close()` and `x?.close()` for `x`. */
export function methodCalledOn(node: object): string | undefined {
  let inner = node as Parented;
  let at = inner.parent;
  while (at !== null && at !== undefined && at.type !== 'MemberExpression' && unwrapped(at) !== at) [inner, at] = [at, at.parent];
  if (at?.type !== 'MemberExpression' || at.object !== inner) return undefined;
  let call = at.parent;
  while (call !== null && call !== undefined && call.type !== 'CallExpression' && unwrapped(call) !== call) call = call.parent;
  return call?.type === 'CallExpression' && unwrapped(call.callee) === at ? propertyOf(at) : undefined;
}
