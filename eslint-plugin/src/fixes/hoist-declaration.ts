import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Words that mean something else, or nothing, outside of the function. */
const BOUND = new Set(['this', 'super', 'arguments', 'await', 'yield']);

/**
 * Moves `const name = <node>` out of its function, to the top of the module. Undefined where it is not declared like that, where it needs something of the
 * function or of what stands further down, or where the name is used for something else.
 */
export function hoistDeclaration(node: ESTree.Node, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const declarator = (node as Parented).parent;
  const declaration = declarator?.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== node || declarator.id.type !== 'Identifier') return undefined;
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const' || declaration.declarations.length !== 1 || declaration.parent?.type !== 'BlockStatement') return undefined;
  let top: Parented = declaration;
  while (top.parent && top.parent.type !== 'Program') top = top.parent;
  if (!isFree(node, top, sourceCode) || !isOnlyOne(declarator.id.name, sourceCode)) return undefined;
  return (fixer) => [
    fixer.insertTextBefore(top, `${sourceCode.getText(declaration)}\n\n`),
    fixer.removeRange([startOfLine(declaration, sourceCode), endOf(declaration)]),
  ];
}

/** Whether all that a node mentions is there where the module begins, before a statement of it. */
function isFree(node: ESTree.Node, top: ESTree.Node, sourceCode: SourceCode): boolean {
  if (sourceCode.getTokens(node).some(({ value }) => BOUND.has(value))) return false;
  const isInside = (range: readonly [number, number] | undefined): boolean => range !== undefined && range[0] >= startOf(node) && range[1] <= endOf(node);
  return sourceCode.scopeManager.scopes.every(({ references }) => references.every(({ identifier, resolved }) => {
    if (!isInside(identifier.range) || resolved === null || resolved.defs.length === 0) return true;
    return resolved.defs.every((definition) => isInside(definition.name.range) || isThereBefore(definition, resolved, top));
  }));
}

function isThereBefore({ type, name }: Scope.Definition, { scope }: Scope.Variable, top: ESTree.Node): boolean {
  if (scope.type !== 'module' && scope.type !== 'global') return false;
  return type === 'ImportBinding' || type === 'FunctionName' || endOf(name) <= startOf(top);
}

/** Whether a name stands for one thing in all of a file. */
function isOnlyOne(name: string, { scopeManager: { scopes, globalScope } }: SourceCode): boolean {
  return scopes.filter(({ set }) => set.has(name)).length === 1 && globalScope?.through.every(({ identifier }) => identifier.name !== name) === true;
}

/** With the white space in front of it, and its line break. */
function startOfLine(node: ESTree.Node, { text }: SourceCode): number {
  return startOf(node) - (/\n?[ \t]*$/.exec(text.slice(0, startOf(node)))?.[0].length ?? 0);
}

const startOf = (node: ESTree.Node): number => node.range?.[0] ?? 0;
const endOf = (node: ESTree.Node): number => node.range?.[1] ?? 0;
