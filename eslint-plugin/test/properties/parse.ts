import { parseForESLint } from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESLint, type TSESTree } from '@typescript-eslint/utils';

export interface Parsed {
  readonly ast: TSESTree.Program;
  readonly scopes: readonly TSESLint.Scope.Scope[];
}

/** Code with its scopes, and with the parent of each node, which ESLint adds only as it lints. */
export function parsed(code: string): Parsed {
  const { ast, scopeManager, visitorKeys } = parseForESLint(code, { range: true, loc: true, sourceType: 'module' });
  addParents(ast, visitorKeys);
  return { ast, scopes: scopeManager.scopes };
}

function addParents(node: TSESTree.Node, visitorKeys: Readonly<Record<string, readonly string[] | undefined>>): void {
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [(node as unknown as Readonly<Record<string, unknown>>)[key]].flat()) {
      if (!isNode(child)) continue;
      Object.assign(child, { parent: node });
      addParents(child, visitorKeys);
    }
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && value.type in AST_NODE_TYPES;
}
