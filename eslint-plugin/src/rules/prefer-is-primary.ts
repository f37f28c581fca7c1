import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { nameOf } from '../names.js';
import { mentions } from '../model/words.js';

const NEW_NAMES: ReadonlyMap<string, string> = new Map([['isMaster', 'isPrimary'], ['setupMaster', 'setupPrimary']]);

export default createRule({
  name: 'prefer-is-primary',
  meta: {
    type: 'suggestion',
    docs: { description: 'Prefer the names of node:cluster that are not deprecated', recommended: 'error' },
    fixable: 'code',
    messages: { renamed: 'cluster.{{ old }} is deprecated since Node.js 16: use cluster.{{ new }}.' },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, NEW_NAMES.keys())) return {};

    function report(node: TSESTree.Node, old: string, fix: (renamed: string, fixer: TSESLint.RuleFixer) => TSESLint.RuleFix): void {
      const renamed = NEW_NAMES.get(old) ?? old;
      context.report({ node, messageId: 'renamed', data: { old, new: renamed, per: 'process' }, fix: (fixer) => fix(renamed, fixer) });
    }

    return {
      MemberExpression(node) {
        const old = wordOf(node.property, node.computed);
        if (old === undefined || nameOf(sourceCode, node) !== `cluster#${old}`) return;
        report(node, old, (renamed, fixer) => fixer.replaceText(node.property, node.computed ? `'${renamed}'` : renamed));
      },
      ImportSpecifier(node) {
        const old = wordOf(node.imported, false);
        if (old === undefined || node.parent.type !== 'ImportDeclaration' || !/^(node:)?cluster$/.test(node.parent.source.value)) return;
        report(node, old, (renamed, fixer) => fixer.replaceText(node, `${renamed} as ${node.local.name}`));
      },
      'VariableDeclarator > ObjectPattern > Property'(property: TSESTree.Property) {
        const old = wordOf(property.key, property.computed);
        const init = (property.parent.parent as TSESTree.VariableDeclarator).init; // The selector says so.
        if (old === undefined || init === null || nameOf(sourceCode, init) !== 'cluster#') return;
        report(property, old, (renamed, fixer) => (property.shorthand ? fixer.insertTextBefore(property, `${renamed}: `) : fixer.replaceText(property.key, renamed)));
      },
    };
  },
});

/** One of the old names, as a word or a text. */
function wordOf(node: TSESTree.Node, isComputed: boolean): string | undefined {
  const name = node.type === 'Identifier' && !isComputed ? node.name : node.type === 'Literal' ? String(node.value) : undefined;
  return name !== undefined && NEW_NAMES.has(name) ? name : undefined;
}
