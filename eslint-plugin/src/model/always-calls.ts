import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** In one of these a call does not happen each time, or the data is used up some day. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'IfStatement', 'ConditionalExpression', 'SwitchStatement', 'LogicalExpression', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement',
]);
/** Calls that may not come back: `process.exit()`, `signal.throwIfAborted()`, `assert()`. */
const LEAVES = /^(exit|abort|throwIfAborted|assert|fail|reject)$/;

/** Whether a function comes to a call whenever it runs: no condition is around it, and nothing leaves before. */
export function alwaysCalls(own: TSESTree.Node, call: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const around = new Set<TSESTree.Node>([call]);
  for (let inner = call, at = call.parent; at !== undefined && inner !== own; inner = at, at = at.parent) {
    if (CONDITIONS.has(at.type) && !isFirstPart(at, inner)) return false;
    around.add(at);
  }
  const leaves = (at: TSESTree.Node): boolean => {
    if (at.type === 'ThrowStatement' || (at.type === 'CallExpression' && LEAVES.test(wordOf(at.callee) ?? ''))) return true;
    if (at.type === 'ReturnStatement' && !around.has(at) && at.range[1] <= call.range[0] && around.has(functionAround(at) ?? at)) return true;
    return (sourceCode.visitorKeys[at.type] ?? []).some((key) => [at[key as keyof TSESTree.Node] as unknown].flat().some((child) => isNode(child) && leaves(child)));
  };
  return !leaves(own);
}

/** What a condition or loop evaluates in any case. */
function isFirstPart(at: TSESTree.Node, inner: TSESTree.Node): boolean {
  if (at.type === 'LogicalExpression') return at.left === inner;
  if (at.type === 'ForOfStatement' || at.type === 'ForInStatement') return at.right === inner;
  return ('test' in at && at.test === inner) || ('discriminant' in at && at.discriminant === inner) || ('init' in at && at.init === inner);
}

function wordOf(callee: TSESTree.Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

export function functionAround(node: TSESTree.Node): TSESTree.Node | undefined {
  let at: TSESTree.Node | null | undefined = node.parent;
  while (at && at.type !== 'FunctionDeclaration' && at.type !== 'FunctionExpression' && at.type !== 'ArrowFunctionExpression') at = at.parent;
  return at ?? undefined;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
