import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type * as ESTree from 'estree';

import { createRule } from '../create-rule.js';
import { destructuredPath, isAssignedOnce, propertyOf, unwrapped, type Resolver } from '../model/resolver.js';
import { mentions } from '../model/words.js';
import { nameOf, resolverOf } from '../names.js';

/** `pid`, `workerPid` */
const PID = /^pid$|[a-z]Pid$/;
const PIDS = /^#?pids$|[a-z]Pids$/;

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
    if (!mentions(sourceCode, ['workers'])) return {};
    const resolver = resolverOf(sourceCode);
    return {
      MemberExpression(node) {
        if (!node.computed || nameOf(sourceCode, node.object) !== 'cluster#workers' || !mentionsPid(node.property, resolver)) return;
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

function mentionsPid(node: TSESTree.Node, resolver: Resolver): boolean {
  switch (node.type) {
    case 'Identifier': return PID.test(node.name) || isReadFromPid(node, resolver);
    case 'MemberExpression': return !node.computed && node.property.type === 'Identifier' && PID.test(node.property.name);
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ChainExpression': return mentionsPid(node.expression, resolver);
    case 'ConditionalExpression': return mentionsPid(node.consequent, resolver) || mentionsPid(node.alternate, resolver);
    case 'LogicalExpression': return mentionsPid(node.left, resolver) || mentionsPid(node.right, resolver);
    // String(pid), `${pid}`
    case 'CallExpression': return node.callee.type === 'Identifier' && /^(String|Number)$/.test(node.callee.name) && node.arguments.some((argument) => mentionsPid(argument, resolver));
    case 'TemplateLiteral': return node.expressions.length === 1 && node.quasis.every(({ value }) => value.raw === '') && node.expressions.some((expression) => mentionsPid(expression, resolver));
    default: return false;
  }
}

/** `const id = worker.process.pid`, `({ process: { pid: id } }) => …` */
function isReadFromPid(node: TSESTree.Identifier, resolver: Resolver): boolean {
  // The types of rules and of ESLint describe the same nodes in different words.
  const variable = resolver.variableOf(node);
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isAssignedOnce(variable)) return false;
  if (definition.type === 'Parameter') return definition.node.params.some((parameter) => isPidIn(parameter, node.name));
  if (definition.type !== 'Variable') return false;
  const { id, init } = definition.node;
  const loop = (definition.parent as unknown as { readonly parent?: ESTree.Node }).parent;
  // for (const id of this.pids)
  if (loop?.type === 'ForOfStatement' && loop.left === definition.parent) return id.type === 'Identifier' && isNameOfPids(loop.right);
  return id.type === 'Identifier' ? !!init && mentionsPid(init as object as TSESTree.Expression, resolver) : isPidIn(id, node.name);
}

function isNameOfPids(given: ESTree.Node): boolean {
  const node = unwrapped(given);
  const name = node?.type === 'MemberExpression' ? propertyOf(node) : node?.type === 'Identifier' ? node.name : undefined;
  return name !== undefined && PIDS.test(name);
}

const isPidIn = (pattern: ESTree.Pattern, name: string): boolean => PID.test(destructuredPath(pattern, name)?.split('.').at(-1) ?? '');

/** The worker of `worker.process.pid`. */
function workerOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'TSNonNullExpression') return workerOf(node.expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'MemberExpression' || node.object.optional) return undefined;
  const { object, property } = node.object;
  return property.type === 'Identifier' && property.name === 'process' ? object : undefined;
}
