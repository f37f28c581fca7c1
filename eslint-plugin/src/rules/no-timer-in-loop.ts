import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { collectTimers } from '../fixes/collect-timers.js';
import { constantOf } from '../model/constant.js';
import { nameOf, resolverOf } from '../names.js';
import { mentions } from '../model/words.js';

type Loop = TSESTree.ForStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

const INTERVALS = new Set(['global#setInterval', 'timers#setInterval']);
const TIMEOUTS = new Set(['global#setTimeout', 'timers#setTimeout']);
const LOOPS: ReadonlySet<string> = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/** Shorter timeouts are over before there are many. */
const MIN_DELAY_MS = 60_000;

export default createRule<[{ minDelay?: number }], 'perIteration' | 'collect'>({
  name: 'no-timer-in-loop',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow starting timers in a loop that nobody can clear', recommended: 'warn' },
    hasSuggestions: true,
    messages: {
      perIteration: 'A timer is started on every iteration and none is kept, so none can be cleared: collect them, or await a sleep.',
      collect: 'Collect the timers in a list, for whoever clears them.',
    },
    schema: [{ type: 'object', properties: { minDelay: { type: 'integer', minimum: 0, description: 'Timeouts of fewer milliseconds are not reported.' } }, additionalProperties: false }],
    defaultOptions: [{ minDelay: MIN_DELAY_MS }],
  },

  create(context, [{ minDelay = MIN_DELAY_MS }]) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['setInterval', 'setTimeout'])) return {};
    return {
      CallExpression(call) {
        const loop = isDropped(call) ? loopAround(call) : undefined;
        if (loop === undefined || runsOnceOverLiterals(loop, sourceCode)) return;
        const name = nameOf(sourceCode, call.callee) ?? '';
        if (INTERVALS.has(name) || (TIMEOUTS.has(name) && (delayOf(call, sourceCode) >= minDelay || neverWaits(loop, sourceCode)))) {
          const fix = loopAround(loop) === undefined ? collectTimers(call, loop, sourceCode, context.filename) : undefined;
          context.report({ node: call, messageId: 'perIteration', data: { per: 'call' }, ...(fix !== undefined && { suggest: [{ messageId: 'collect', fix }] }) });
        }
      },
    };
  },
});

/** `setInterval(…);`, `.unref()` or not, or as all that an arrow function in `forEach` does. */
function isDropped(call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  if (parent.type === 'ExpressionStatement' || (parent.type === 'UnaryExpression' && parent.operator === 'void')) return true;
  if (parent.type === 'ArrowFunctionExpression') return parent.body === call && forEachOf(parent) !== undefined;
  return parent.type === 'MemberExpression' && parent.object === call && parent.parent.type === 'CallExpression' && parent.parent.callee === parent && isDropped(parent.parent);
}

/** The innermost loop, `forEach` included, within the same function. */
function loopAround(node: TSESTree.Node): Loop | TSESTree.CallExpression | undefined {
  for (let at: TSESTree.Node | null | undefined = node.parent; at; at = at.parent) {
    if (isLoop(at)) return at;
    if (at.type === 'FunctionDeclaration') return undefined;
    if (at.type === 'FunctionExpression' || at.type === 'ArrowFunctionExpression') return forEachOf(at);
  }
  return undefined;
}

function forEachOf(callback: TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression): TSESTree.CallExpression | undefined {
  const call = callback.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== callback || call.callee.type !== 'MemberExpression') return undefined;
  const { property } = call.callee;
  return property.type === 'Identifier' && property.name === 'forEach' ? call : undefined;
}

function isLoop(node: TSESTree.Node): node is Loop {
  return LOOPS.has(node.type);
}

/** At the top of a file, over a list that is written down there: so many timers are meant. */
function runsOnceOverLiterals(loop: Loop | TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (sourceCode.getScope(loop).variableScope.block.type !== 'Program') return false;
  const list = loop.type === 'ForOfStatement' ? loop.right : loop.type === 'CallExpression' && loop.callee.type === 'MemberExpression' ? loop.callee.object : undefined;
  return list?.type === 'ArrayExpression';
}

/** Milliseconds; endless for `at - Date.now()`, which is as far away as somebody planned. */
function delayOf(call: TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): number {
  const delay = call.arguments[1];
  if (delay?.type === 'BinaryExpression' && delay.operator === '-' && nameOf(sourceCode, delay.right) === 'global#Date.now()') return Number.POSITIVE_INFINITY;
  return constantOf(delay, resolverOf(sourceCode)) ?? Number.NaN;
}

/** `while (true)` without an await or a way out makes timers as fast as it can. */
function neverWaits(loop: Loop | TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const isEndless = (loop.type === 'WhileStatement' && loop.test.type === 'Literal' && loop.test.value === true) || (loop.type === 'ForStatement' && loop.test === null);
  return isEndless && !sourceCode.getTokens(loop).some(({ value }) => ['await', 'yield', 'break', 'return', 'throw'].includes(value));
}
