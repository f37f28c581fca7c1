import { isBuiltin } from 'node:module';

import { AST_NODE_TYPES, TSESLint, type TSESTree } from '@typescript-eslint/utils';

import { edited, type Edit } from './edit.js';
import { parsed, type Parsed } from './parse.js';
import { mentionsOf, renamed } from './rename.js';

/** The ways to write the same imports. */
export const importForms: Readonly<Record<string, (code: string) => string>> = {
  'import { a as b }': (code) => renamed(code, (variable) => (isImported(variable) ? `${variable.name}Alias` : undefined)),
  'import * as module': asNamespaces,
  'const { a } = require()': (code) => withImports(code, asRequired),
  'const { a: b } = require()': (code) => {
    const required = withImports(code, asRequired);
    return renamed(required, (variable) => (isRequired(variable) ? `${variable.name}Alias` : undefined));
  },
  'with or without node:': otherScheme,
};

function isImported({ defs }: TSESLint.Scope.Variable): boolean {
  return defs.length === 1 && defs[0]?.type === TSESLint.Scope.DefinitionType.ImportBinding;
}

function isRequired({ defs: [definition] }: TSESLint.Scope.Variable): boolean {
  return definition?.type === TSESLint.Scope.DefinitionType.Variable && definition.node.init?.type === AST_NODE_TYPES.CallExpression
    && definition.node.init.callee.type === AST_NODE_TYPES.Identifier && definition.node.init.callee.name === 'require';
}

function withImports(code: string, edit: (node: TSESTree.ImportDeclaration, file: Parsed, position: number) => readonly Edit[]): string {
  const file = parsed(code);
  return edited(code, file.ast.body.flatMap((node, position) => (node.type === AST_NODE_TYPES.ImportDeclaration ? edit(node, file, position) : [])));
}

/** Every `a` of `import { a } from 'm'` becomes `m1.a`. */
function asNamespaces(code: string): string {
  return withImports(code, (node, { scopes }, position) => {
    const module = `module${position}`;
    const { specifiers } = node;
    const named = specifiers.filter((each) => each.type === AST_NODE_TYPES.ImportSpecifier);
    if (named.length === 0 || named.length < specifiers.length || node.importKind === 'type') return [];
    const uses = named.flatMap(({ local, imported }) => {
      const variable = scopes.flatMap(({ variables }) => variables).find(({ identifiers }) => identifiers.includes(local));
      const exported = imported.type === AST_NODE_TYPES.Identifier ? imported.name : 'default';
      return (variable === undefined ? [] : mentionsOf(variable)).filter((mention) => mention !== local).map((mention) => qualified(mention, `${module}.${exported}`));
    });
    if (uses.includes(undefined)) return [];
    return [...uses.filter((each) => each !== undefined), { range: node.range, text: `import * as ${module} from ${node.source.raw};` }];
  });
}

function qualified({ range, parent }: TSESTree.Node, text: string): Edit | undefined {
  if (parent?.type === AST_NODE_TYPES.ExportSpecifier) return undefined;
  return { range, text: parent?.type === AST_NODE_TYPES.Property && parent.shorthand ? `${text.split('.')[1] ?? ''}: ${text}` : text };
}

function asRequired(node: TSESTree.ImportDeclaration, { scopes }: Parsed): readonly Edit[] {
  const { specifiers, source, range, importKind } = node;
  const isOnlyType = (local: TSESTree.Identifier): boolean => scopes.flatMap(({ variables }) => variables).some(({ identifiers, references }) => identifiers.includes(local) && references.some(({ isTypeReference }) => isTypeReference));
  if (importKind === 'type' || specifiers.length === 0 || specifiers.some(({ local }) => isOnlyType(local))) return [];
  const whole = specifiers.filter((each) => each.type !== AST_NODE_TYPES.ImportSpecifier).map(({ local }) => `const ${local.name} = require(${source.raw});`);
  const parts = specifiers.flatMap((each) => {
    if (each.type !== AST_NODE_TYPES.ImportSpecifier) return [];
    const imported = each.imported.type === AST_NODE_TYPES.Identifier ? each.imported.name : 'default';
    return [imported === each.local.name ? imported : `${imported}: ${each.local.name}`];
  });
  return [{ range, text: [...whole, ...(parts.length === 0 ? [] : [`const { ${parts.join(', ')} } = require(${source.raw});`])].join(' ') }];
}

function otherScheme(code: string): string {
  const literals = /(?<=\bfrom\s+|\brequire\(|\bimport\(|\bimport\s+)(['"])((?:node:)?[\w/]+)\1/g;
  return code.replaceAll(literals, (text, quote: string, module: string) => {
    if (module.startsWith('node:')) return `${quote}${module.slice('node:'.length)}${quote}`;
    return isBuiltin(module) ? `${quote}node:${module}${quote}` : text;
  });
}
