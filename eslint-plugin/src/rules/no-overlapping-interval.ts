import type { TSESTree } from '@typescript-eslint/utils';
import type { Rule } from 'eslint';

import type { FunctionNode } from '../cross-file/functions.js';
import { createRule } from '../create-rule.js';
import { fileModel, type FileModel } from '../model/model.js';
import { nameOf } from '../names.js';
import { mentions } from '../model/words.js';

type Callback = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

export default createRule({
  name: 'no-overlapping-interval',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow intervals that do not wait for their own asynchronous work', recommended: 'off', strict: 'warn' },
    messages: { overlaps: 'setInterval() does not wait: when this work takes longer than the interval, rounds pile up. Start the next one when one has ended.' },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['setInterval'])) return {};
    return {
      CallExpression(call) {
        const [callback] = call.arguments;
        if (!isCallback(callback) || hasGuard(callback)) return;
        // Work that never waits ends before the next round.
        if (!(callback.async && sourceCode.getTokens(callback.body).some(({ value }) => value === 'await')) && !isPromise(callback.body)) return;
        if (!['global#setInterval', 'timers#setInterval'].includes(nameOf(sourceCode, call.callee) ?? '')) return;
        if (callsGuarded(callback, fileModel(context as unknown as Rule.RuleContext))) return; // The same object, in the words of another package.
        context.report({ node: call, messageId: 'overlaps', data: { per: 'process' } });
      },
    };
  },
});

function isCallback(node: TSESTree.Node | undefined): node is Callback {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}

/** `load().then(publish)` as all that a callback does. */
function isPromise(body: TSESTree.Node): boolean {
  if (body.type !== 'CallExpression' || body.callee.type !== 'MemberExpression') return false;
  const { property } = body.callee;
  return property.type === 'Identifier' && /^(then|catch|finally)$/.test(property.name);
}

/** `if (isRunning) return;` at its start. */
function hasGuard({ body }: Callback): boolean {
  return body.type === 'BlockStatement' && body.body[0] !== undefined && isGuard(body.body[0]);
}

function isGuard(statement: TSESTree.Node): boolean {
  if (statement.type !== 'IfStatement') return false;
  const { consequent } = statement;
  return consequent.type === 'ReturnStatement' || (consequent.type === 'BlockStatement' && consequent.body.at(-1)?.type === 'ReturnStatement');
}

/** The guard is in a function of the file that it calls. */
function callsGuarded(callback: Callback, { functions, targets }: FileModel): boolean {
  const ordinal = functions.ordinalOf(callback as unknown as FunctionNode);
  return ordinal !== undefined && functions.callsIn(ordinal).some((call) => targets.of(call.callee).some((target) => {
    const body = typeof target === 'number' ? functions.list[target]?.body : undefined;
    return body?.type === 'BlockStatement' && body.body.some((statement) => isGuard(statement as unknown as TSESTree.Node));
  }));
}
