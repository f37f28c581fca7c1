import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { PROMISES } from '../data/promises.js';
import { functionAround, type FileModel } from './model.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Whether a function is what a `new Promise()` is given. */
export function isExecutor(node: ESTree.Node, { resolver }: Pick<FileModel, 'resolver'>): node is FunctionNode {
  const { parent } = node as Parented;
  return isFunction(node) && parent?.type === 'NewExpression' && parent.arguments[0] === node && PROMISES.test(resolver.pathOf(parent.callee) ?? '');
}

/** The innermost one that a node stands in. */
export function executorAround(node: ESTree.Node, model: Pick<FileModel, 'resolver'>): FunctionNode | undefined {
  for (let at = functionAround(node); at !== undefined; at = functionAround(at)) if (isExecutor(at, model)) return at;
  return undefined;
}
