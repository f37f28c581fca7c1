import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { functionAround } from '../model/model.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Cancels the body of a response before a statement that leaves the function. Undefined where nothing can be awaited. */
export function cancelBody({ name, isBodyOnly }: { readonly name: string; readonly isBodyOnly: boolean }, exit: ESTree.Node, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const around = functionAround(exit);
  if (around !== undefined && around.async !== true) return undefined;
  const cancel = isBodyOnly ? `await ${name}.dump();` : `await ${name}.body?.cancel();`;
  const { parent } = exit as Parented;
  if (parent?.type === 'BlockStatement' || parent?.type === 'Program') return (fixer) => fixer.insertTextBefore(exit, `${cancel}\n${' '.repeat(exit.loc?.start.column ?? 0)}`);
  return (fixer) => fixer.replaceText(exit, `{ ${cancel} ${sourceCode.getText(exit)} }`);
}
