import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/**
 * Moves a statement that releases something into the `finally` of a `try` around what comes between. What is declared there and used
 * afterwards takes the rest of the block into the `try`.
 *
 * @param acquired what is released: in the same block as the release, or undefined is returned
 */
export function finallyRelease(acquired: ESTree.Node, release: ESTree.Node, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const [first, last] = [statementOf(acquired), statementOf(release)];
  const block = last?.parent;
  if (first === undefined || last?.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement' || first.parent !== block) return undefined;
  const statements: readonly ESTree.Statement[] = block.body;
  const from = statements.indexOf(first as ESTree.Statement) + 1;
  const to = statements.indexOf(last);
  const end = declaresForLater(statements.slice(from, to), last, sourceCode) ? statements.length : to;
  const wrapped = statements.slice(from, end).filter((statement) => statement !== last);
  const [opening, closing] = [wrapped[0], wrapped.at(-1)];
  if (opening === undefined || closing === undefined) return undefined;
  // With the line break in front of it.
  const removed: [number, number] = [sourceCode.getTokenBefore(last)?.range[1] ?? 0, last.range?.[1] ?? 0];
  const indent = ' '.repeat(opening.loc?.start.column ?? 0);
  return (fixer) => [
    fixer.insertTextBefore(opening, `try {\n${indent}`),
    fixer.removeRange(removed),
    fixer.insertTextAfter(closing, `\n${indent}} finally {\n${indent}  ${sourceCode.getText(last)}\n${indent}}`),
  ];
}

function statementOf(node: ESTree.Node): Parented | undefined {
  let at: Parented | null | undefined = node;
  while (at !== null && at !== undefined && at.parent?.type !== 'BlockStatement') at = at.parent;
  return at ?? undefined;
}

function declaresForLater(statements: readonly ESTree.Statement[], last: ESTree.Node, sourceCode: SourceCode): boolean {
  const end = last.range?.[1] ?? 0;
  return statements.some((statement) => sourceCode.getDeclaredVariables(statement).some(({ references }) => references.some(({ identifier }) => (identifier.range?.[0] ?? 0) >= end)));
}
