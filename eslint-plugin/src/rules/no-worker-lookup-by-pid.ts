import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { nameOf } from '../names.js';

export default createRule({
  name: 'no-worker-lookup-by-pid',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow looking up cluster.workers by the id of a process', recommended: 'error' },
    hasSuggestions: true,
    messages: {
      byPid: 'cluster.workers is keyed by worker.id: looked up by pid it is always undefined.',
      useId: 'Look it up by `{{ id }}`.',
      search: 'Search the workers for the pid.',
    },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes('workers')) return {};
    return {
      MemberExpression(node) {
        if (!node.computed || !mentionsPid(node.property) || nameOf(sourceCode, node.object) !== 'cluster#workers') return;
        const worker = workerOf(node.property);
        const id = worker === undefined ? undefined : `${sourceCode.getText(worker)}.id`;
        const text = sourceCode.getText(node.property);
        const pid = ['Identifier', 'MemberExpression', 'CallExpression', 'TemplateLiteral'].includes(node.property.type) ? text : `(${text})`;
        const isRead = node.parent.type !== 'UnaryExpression' && !(node.parent.type === 'AssignmentExpression' && node.parent.left === node);
        context.report({
          node,
          messageId: 'byPid',
          data: { per: 'call' },
          suggest: [
            ...(id === undefined ? [] : [{ messageId: 'useId', data: { id }, fix: (fixer: TSESLint.RuleFixer) => fixer.replaceText(node.property, id) } as const]),
            ...(id !== undefined || !isRead ? [] : [{ messageId: 'search', fix: (fixer: TSESLint.RuleFixer) => fixer.replaceText(node, `Object.values(${sourceCode.getText(node.object).replace(/!$/, '')} ?? {}).find((worker) => worker?.process.pid === ${pid})`) } as const]),
          ],
        });
      },
    };
  },
});

function mentionsPid(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'Identifier': return /^pid$|[a-z]Pid$/.test(node.name);
    case 'MemberExpression': return !node.computed && node.property.type === 'Identifier' && /^pid$|[a-z]Pid$/.test(node.property.name);
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ChainExpression': return mentionsPid(node.expression);
    case 'ConditionalExpression': return mentionsPid(node.consequent) || mentionsPid(node.alternate);
    case 'LogicalExpression': return mentionsPid(node.left) || mentionsPid(node.right);
    // String(pid), `${pid}`
    case 'CallExpression': return node.callee.type === 'Identifier' && /^(String|Number)$/.test(node.callee.name) && node.arguments.some(mentionsPid);
    case 'TemplateLiteral': return node.expressions.length === 1 && node.quasis.every(({ value }) => value.raw === '') && node.expressions.some(mentionsPid);
    default: return false;
  }
}

/** The worker of `worker.process.pid`. */
function workerOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'TSNonNullExpression') return workerOf(node.expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'MemberExpression' || node.object.optional) return undefined;
  const { object, property } = node.object;
  return property.type === 'Identifier' && property.name === 'process' ? object : undefined;
}
