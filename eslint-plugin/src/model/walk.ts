import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { isNode } from '../cross-file/steps.js';

/**
 * Whether something inside a node is so, without looking into functions that are written there: these run at another time.
 *
 * @param isIt asked of each node, the given one not among them
 */
export function someInside(node: ESTree.Node, { visitorKeys }: SourceCode, isIt: (node: ESTree.Node) => boolean): boolean {
  const isOrHolds = (child: unknown): boolean => {
    if (!isNode(child)) return false;
    const inner = child as unknown as ESTree.Node; // A node, as isNode found.
    return isIt(inner) || (!isFunction(inner) && visit(inner));
  };
  const visit = (at: ESTree.Node): boolean => {
    const fields = at as unknown as Readonly<Record<string, unknown>>;
    return (visitorKeys[at.type] ?? []).some((key) => {
      const child = fields[key];
      return Array.isArray(child) ? child.some(isOrHolds) : isOrHolds(child);
    });
  };
  return visit(node);
}

/** Whether a loop lets others run: it awaits, yields, or hands out. */
export const letsOthersRun = (node: ESTree.Node, sourceCode: SourceCode): boolean =>
  (node.type === 'ForOfStatement' && node.await) || someInside(node, sourceCode, ({ type, ...rest }) => type === 'AwaitExpression' || type === 'YieldExpression' || (type === 'ForOfStatement' && 'await' in rest && rest.await));

/** `i < n` of a loop: it bounds `i`, not `n`. */
export function isLoopTest(node: ESTree.Node): boolean {
  const { parent } = node as { readonly parent?: ESTree.Node };
  return (parent?.type === 'ForStatement' || parent?.type === 'WhileStatement' || parent?.type === 'DoWhileStatement') && parent.test === node;
}
