import { AST_NODE_TYPES, type TSESLint, type TSESTree } from '@typescript-eslint/utils';

import { edited, type Edit } from './edit.js';
import { parsed } from './parse.js';

type Variable = TSESLint.Scope.Variable;

/**
 * The code with other names for what it declares for itself. Names that other files or callers see stay: exports, members, parameter properties.
 *
 * @param newName undefined where a name is to stay
 */
export function renamed(code: string, newName: (variable: Variable) => string | undefined): string {
  const variables = parsed(code).scopes.flatMap(({ variables: declared }) => declared).filter(isLocal);
  return edited(code, variables.flatMap((variable) => {
    const name = newName(variable);
    return name === undefined ? [] : mentionsOf(variable).map((mention) => renamedMention(mention, variable.name, name));
  }));
}

function isLocal({ defs, name }: Variable): boolean {
  return defs.length > 0 && name !== 'this' && name !== 'arguments' && !defs.some(({ node, name: id }) => isSeenElsewhere(node) || id.parent.type === AST_NODE_TYPES.TSParameterProperty || id.parent.parent?.type === AST_NODE_TYPES.TSParameterProperty);
}

/** Exported where it is declared, or declared for somebody else's code. */
function isSeenElsewhere(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.type === AST_NODE_TYPES.ExportNamedDeclaration || at.type === AST_NODE_TYPES.ExportDefaultDeclaration || ('declare' in at && at.declare)) return true;
    // What a function has inside is its own, as are its parameters.
    if (at.type === AST_NODE_TYPES.BlockStatement || (at !== node && 'params' in at) || at.type === AST_NODE_TYPES.ClassBody) return false;
    if (at === node && (at.type === AST_NODE_TYPES.FunctionExpression || at.type === AST_NODE_TYPES.ArrowFunctionExpression)) return false;
  }
  return false;
}

export function mentionsOf({ identifiers, references }: Variable): readonly TSESTree.Node[] {
  return [...identifiers, ...references.map(({ identifier }) => identifier)];
}

function renamedMention(node: TSESTree.Node, before: string, name: string): Edit {
  const { parent } = node;
  const range = [node.range[0], node.range[0] + before.length] as const;
  const isKeyToo = parent?.type === AST_NODE_TYPES.Property && parent.shorthand
    || parent?.type === AST_NODE_TYPES.AssignmentPattern && parent.parent.type === AST_NODE_TYPES.Property && parent.parent.shorthand && parent.left === node;
  if (isKeyToo) return { range, text: `${before}: ${name}` };
  if (parent?.type === AST_NODE_TYPES.ImportSpecifier && parent.imported.range[0] === parent.local.range[0]) return { range, text: `${before} as ${name}` };
  if (parent?.type === AST_NODE_TYPES.ExportSpecifier && parent.local.range[0] === parent.exported.range[0]) return { range, text: `${name} as ${before}` };
  return { range, text: name };
}
