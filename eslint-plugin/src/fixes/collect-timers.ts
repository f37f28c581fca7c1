import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** Keeps the timers of a loop in a list before it. Undefined where there is no place for that, or where the loop never ends. */
export function collectTimers(call: TSESTree.CallExpression, loop: TSESTree.Node, { text }: Readonly<TSESLint.SourceCode>, filename: string): TSESLint.ReportFixFunction | undefined {
  const statement: TSESTree.Node = loop.type === 'CallExpression' ? loop.parent : loop;
  const handle = outermost(call);
  const isPlain = handle.parent?.type === 'ExpressionStatement' || handle.parent?.type === 'ArrowFunctionExpression';
  if (loop.type === 'WhileStatement' || loop.type === 'DoWhileStatement' || !isPlain || (loop.type === 'CallExpression' && statement.type !== 'ExpressionStatement')) return undefined;
  if (statement.parent?.type !== 'BlockStatement' && statement.parent?.type !== 'Program') return undefined;
  const name = ['timers', 'startedTimers'].find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  if (name === undefined) return undefined;
  const indent = ' '.repeat(statement.loc.start.column);
  // Without a type, TypeScript refuses a list that a callback fills.
  const type = /\.[cm]?tsx?$/.test(filename) ? ': ReturnType<typeof setTimeout>[]' : '';
  return (fixer) => [fixer.insertTextBefore(statement, `const ${name}${type} = [];\n${indent}`), fixer.insertTextBefore(handle, `${name}.push(`), fixer.insertTextAfter(handle, ')')];
}

/** `setInterval(…).unref()`, which gives the timer back. */
function outermost(call: TSESTree.Node): TSESTree.Node {
  const { parent } = call;
  return parent?.type === 'MemberExpression' && parent.parent.type === 'CallExpression' ? outermost(parent.parent) : call;
}
