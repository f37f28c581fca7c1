import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { someInside } from './walk.js';

/** What a function may return, as it is written there. */
export function returnsOf({ body }: FunctionNode, sourceCode: SourceCode): readonly ESTree.Node[] {
  if (body.type !== 'BlockStatement') return [body];
  const found: ESTree.Node[] = [];
  someInside(body, sourceCode, (node) => {
    if (node.type === 'ReturnStatement' && node.argument) found.push(node.argument);
    return false;
  });
  return found;
}
