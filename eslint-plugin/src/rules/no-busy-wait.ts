import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { fileModel, type FileModel } from '../model/model.js';
import { letsOthersRun, someInside } from '../model/walk.js';
import { mentions } from '../model/words.js';

const CLOCK = /^(global#(Date\.now|performance\.now|process\.hrtime(\.bigint)?)|process#hrtime(\.bigint)?|perf_hooks#performance\.now)$/;
const NEW_DATE = /^new global#Date/;

type Loop = ESTree.WhileStatement | ESTree.DoWhileStatement | ESTree.ForStatement;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow waiting in a way that keeps the event loop from running',
      recommended: 'error',
      strict: 'error',
      url: new URL('./no-busy-wait.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: {
      spins: 'This loop waits by asking for the time again and again: nothing else runs in this process meanwhile. Await a timer: `setTimeout` of node:timers/promises.',
      sleeps: 'Atomics.wait() stops the whole event loop until it is woken. Use Atomics.waitAsync(), or do it in a worker thread.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['Date', 'performance', 'hrtime', 'Atomics']) || /\b(parentPort|isMainThread|workerData)\b/.test(sourceCode.text)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          if (model.resolver.pathOf(call.callee) === 'global#Atomics.wait') context.report({ node: call, messageId: 'sleeps', data: { per: 'call' } });
        }
        for (const loop of [...model.nodes.of('WhileStatement'), ...model.nodes.of('DoWhileStatement'), ...model.nodes.of('ForStatement')]) {
          if (spins(loop, model, context)) context.report({ node: loop, messageId: 'spins', data: { per: 'call' } });
        }
      },
    };
  },
};

export default rule;

/** The test compares the time, and the body does nothing else: a loop that works until a deadline shares the time out, it does not wait. */
function spins({ test, body }: Loop, { resolver }: FileModel, { sourceCode }: Rule.RuleContext): boolean {
  if (test?.type !== 'BinaryExpression' || !/^[<>]=?$/.test(test.operator) || letsOthersRun(body, sourceCode)) return false;
  const isClock = (node: ESTree.Node): boolean =>
    (node.type === 'CallExpression' && CLOCK.test(resolver.pathOf(node.callee) ?? '')) || (node.type === 'NewExpression' && NEW_DATE.test(resolver.pathOf(node) ?? ''));
  if (!someInside(test, sourceCode, isClock)) return false;
  const works = (node: ESTree.Node): boolean => (node.type === 'CallExpression' && !isClock(node)) || node.type === 'ReturnStatement' || node.type === 'BreakStatement' || node.type === 'ThrowStatement';
  return !works(body) && !someInside(body, sourceCode, works);
}
