import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { fileModel, type FileModel } from '../model/model.js';
import { propertyOf, unwrapped } from '../model/resolver.js';
import { mentions } from '../model/words.js';

const INTERVAL = /^(global|timers)#setInterval$/;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow intervals that do not wait for their own asynchronous work',
      recommended: 'off',
      strict: 'warn',
      url: new URL('./no-overlapping-interval.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: { overlaps: 'setInterval() does not wait: when this work takes longer than the interval, rounds pile up. Start the next one when one has ended.' },
    schema: [],
  },
  create(context) {
    if (!mentions(context.sourceCode, ['setInterval'])) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          if (!INTERVAL.test(model.resolver.pathOf(call.callee) ?? '')) continue;
          const isOverlapping = functionsOf(call.arguments[0], model).some((callback) => overlaps(callback, { context, model }));
          if (isOverlapping) context.report({ node: call, messageId: 'overlaps', data: { per: 'process' } });
        }
      },
    };
  },
};

export default rule;

interface Given {
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
}

function overlaps(callback: FunctionNode, { context, model }: Given): boolean {
  const called = callsIn(callback, model);
  const { sourceCode } = context;
  if ([callback, ...called].some((each) => hasGuard(each, sourceCode))) return false;
  // Work that never waits ends before the next round.
  const waits = (each: FunctionNode): boolean => each.async === true && isWaiting(each.body, sourceCode);
  if (waits(callback)) return true;
  const only = onlyCall(callback);
  if (only === undefined) return false;
  return (only.isReturned && isChainOfPromise(only.call)) || functionsOf(startOfChain(only.call).callee, model).some(waits);
}

function functionsOf(node: ESTree.Node | undefined, { functions, targets }: FileModel): readonly FunctionNode[] {
  return node === undefined ? [] : targets.of(node).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
}

function callsIn(callback: FunctionNode, model: FileModel): readonly FunctionNode[] {
  const ordinal = model.functions.ordinalOf(callback);
  return ordinal === undefined ? [] : model.functions.callsIn(ordinal).flatMap((call) => functionsOf(call.callee, model));
}

/** The call that is all a callback does: `() => this.pull()`, `() => { void this.pull(); }`. */
function onlyCall({ body }: FunctionNode): { readonly call: ESTree.SimpleCallExpression; readonly isReturned: boolean } | undefined {
  const [statement, ...others]: ESTree.Node[] = body.type === 'BlockStatement' ? body.body : [body];
  if (statement === undefined || others.length > 0) return undefined;
  const value = statement.type === 'ExpressionStatement' ? statement.expression : statement.type === 'ReturnStatement' ? statement.argument : statement;
  const call = unwrapped(value?.type === 'UnaryExpression' && value.operator === 'void' ? value.argument : value);
  return call?.type === 'CallExpression' ? { call, isReturned: statement.type !== 'ExpressionStatement' } : undefined;
}

/** `load().then(publish)` */
function isChainOfPromise({ callee }: ESTree.SimpleCallExpression): boolean {
  return callee.type === 'MemberExpression' && /^(then|catch|finally)$/.test(propertyOf(callee) ?? '');
}

/** `load()` of `load().then(publish).catch(report)` */
function startOfChain(call: ESTree.SimpleCallExpression): ESTree.SimpleCallExpression {
  let at = call;
  while (isChainOfPromise(at) && at.callee.type === 'MemberExpression' && at.callee.object.type === 'CallExpression') at = at.callee.object;
  return at;
}

/** `if (isRunning) return;` before it waits. */
function hasGuard({ body }: FunctionNode, sourceCode: Rule.RuleContext['sourceCode']): boolean {
  if (body.type !== 'BlockStatement') return false;
  const firstWait = body.body.findIndex((statement) => isWaiting(statement, sourceCode));
  return body.body.slice(0, firstWait === -1 ? undefined : firstWait).some(isGuard);
}

function isGuard(statement: ESTree.Node): boolean {
  if (statement.type !== 'IfStatement') return false;
  const { consequent } = statement;
  return consequent.type === 'ReturnStatement' || (consequent.type === 'BlockStatement' && consequent.body.at(-1)?.type === 'ReturnStatement');
}

function isWaiting(node: ESTree.Node, sourceCode: Rule.RuleContext['sourceCode']): boolean {
  return sourceCode.getTokens(node).some(({ value }) => value === 'await');
}
