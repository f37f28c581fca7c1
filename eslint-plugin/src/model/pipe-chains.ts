import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { CHAINABLE_METHODS, LISTENING_METHODS } from '../data/streams.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What streams are not. */
const NO_STREAMS = new Set(['ObjectExpression', 'ArrayExpression', 'Literal', 'TemplateLiteral', 'SpreadElement', 'ClassExpression']);

/** Whether a call is the last `pipe` of its chain: `a.pipe(b).pipe(c)` is one chain. */
export function isOutermostPipe(call: ESTree.SimpleCallExpression): boolean {
  if (!isPipe(call)) return false;
  let at: Parented = call;
  for (let next = at.parent; next !== null && next !== undefined; next = at.parent) {
    if (unwrapped(next) !== next || (next.type === 'MemberExpression' && next.object === at)) at = next;
    else if (next.type === 'CallExpression' && next.callee === at && isOfStream(next)) {
      if (methodOf(next) === 'pipe' && isPipe(next)) return false;
      at = next;
    } else return true;
  }
  return true;
}

/** `a`, `b` and `c` of `a.on('x', f).pipe(b).pipe(c)`. A stage stands as it was written, with its own listeners around it. */
export function chainOf(pipe: ESTree.SimpleCallExpression): readonly ESTree.Node[] {
  const stages: ESTree.Node[] = [];
  let at: ESTree.Node | undefined = pipe;
  // With its cast: that may tell what it is.
  let base: ESTree.Node = pipe;
  while (at?.type === 'CallExpression' && at.callee.type === 'MemberExpression' && isOfStream(at)) {
    const [first]: readonly ESTree.Node[] = at.arguments;
    if (methodOf(at) === 'pipe' && first !== undefined) stages.unshift(first);
    base = at.callee.object;
    at = unwrapped(base);
  }
  return [base, ...stages];
}

function isPipe(call: ESTree.SimpleCallExpression): boolean {
  const [first, ...more] = call.arguments;
  if (methodOf(call) !== 'pipe' || first === undefined || more.length > 1 || isFunction(first)) return false;
  return !NO_STREAMS.has(first.type);
}

function isOfStream(call: ESTree.SimpleCallExpression): boolean {
  const method = methodOf(call) ?? '';
  return method === 'pipe' || LISTENING_METHODS.has(method) || CHAINABLE_METHODS.has(method);
}

function methodOf({ callee }: ESTree.SimpleCallExpression): string | undefined {
  return callee.type === 'MemberExpression' ? propertyOf(callee) : undefined;
}
