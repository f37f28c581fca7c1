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

/** It ends when the time has come, and does nothing else: a loop that works until a deadline shares the time out, it does not wait. */
function spins(loop: Loop, { resolver }: FileModel, { sourceCode }: Rule.RuleContext): boolean {
  const end = endOf(loop);
  if (end?.test.type !== 'BinaryExpression' || !/^[<>]=?$/.test(end.test.operator) || letsOthersRun(loop, sourceCode)) return false;
  const isClock = (node: ESTree.Node): boolean =>
    (node.type === 'CallExpression' && (CLOCK.test(resolver.pathOf(node.callee) ?? '') || isTimeOfDate(node))) || (node.type === 'NewExpression' && NEW_DATE.test(resolver.pathOf(node) ?? ''));
  const isTimeOfDate = ({ callee }: ESTree.SimpleCallExpression): boolean => callee.type === 'MemberExpression' && isClock(callee.object);
  // `now` of `while (now < end) now = Date.now()`
  const isReadAgain = (node: ESTree.Node): boolean => {
    const [name, value] = node.type === 'AssignmentExpression' ? [node.left, node.right] : node.type === 'VariableDeclarator' ? [node.id, node.init] : [];
    return name?.type === 'Identifier' && !!value && isOrHas(value, isClock) && isOrHas(end.test, named(name.name));
  };
  const isOrHas = (node: ESTree.Node, isIt: (node: ESTree.Node) => boolean): boolean => isIt(node) || someInside(node, sourceCode, isIt);
  if (!isOrHas(end.test, isClock) && !partsOf(loop).some((part) => isOrHas(part, isReadAgain))) return false;
  const works = (node: ESTree.Node): boolean => (node.type === 'CallExpression' && !isClock(node)) || /^(Return|Break|Throw)Statement$/.test(node.type);
  return !end.work.some((part) => isOrHas(part, works));
}

const named = (name: string) => (node: ESTree.Node): boolean => node.type === 'Identifier' && node.name === name;

/** What runs each time round. */
const partsOf = (loop: Loop): readonly ESTree.Node[] => [loop.body, ...(loop.test ? [loop.test] : []), ...(loop.type === 'ForStatement' && loop.update ? [loop.update] : [])];

/** What ends a loop, and what it does else: `if (late) break;` in an endless one is its test. */
function endOf({ test, body }: Loop): { readonly test: ESTree.Expression; readonly work: readonly ESTree.Node[] } | undefined {
  if (test && test.type !== 'Literal') return { test, work: [body] };
  const statements = body.type === 'BlockStatement' ? body.body : [body];
  const way = statements.find((statement) => statement.type === 'IfStatement' && isBreak(statement.consequent));
  return way?.type === 'IfStatement' ? { test: way.test, work: statements.filter((statement) => statement !== way) } : undefined;
}

function isBreak(node: ESTree.Node): boolean {
  const inside = node.type === 'BlockStatement' ? node.body : [node];
  return inside.length === 1 && inside.every(({ type }) => /^(Break|Return)Statement$/.test(type));
}
