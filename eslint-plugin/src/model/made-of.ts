import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import { unwrapped } from './resolver.js';

/** Where a file makes objects of a class, or of the function that is used as one. */
export function madeOf(owner: ESTree.Node, { nodes, resolver }: FileModel): readonly ESTree.NewExpression[] {
  return nodes.of('NewExpression').filter(({ callee }) => {
    const name = unwrapped(callee);
    return name?.type === 'Identifier' && resolver.variableOf(name)?.defs.some(({ node }) => node === owner || (node as { readonly init?: unknown }).init === owner);
  });
}
