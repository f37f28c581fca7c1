import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { functionAround } from '../model/model.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Cancels the body of a response before a statement that leaves the function. Undefined where nothing can be awaited. */
export function cancelBody(discard: string, exit: ESTree.Node, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const around = functionAround(exit);
  if (discard.startsWith('await') && around !== undefined && around.async !== true) return undefined;
  const { parent } = exit as Parented;
  if (parent?.type === 'BlockStatement' || parent?.type === 'Program') return (fixer) => fixer.insertTextBefore(exit, `${discard}\n${' '.repeat(exit.loc?.start.column ?? 0)}`);
  return (fixer) => fixer.replaceText(exit, `{ ${discard} ${sourceCode.getText(exit)} }`);
}
