import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { constantOf } from './constant.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { isAssignedOnce, keyOf, propertyOf, unwrapped } from './resolver.js';
import { someInside } from './walk.js';

/** A promise that a timer settles. */
export interface TimerPromise {
  /** The call that starts the timer, where it is in this file: `setTimeout(reject, ms)`. */
  readonly timer: ESTree.SimpleCallExpression;
  /** Where the timer is kept, if it is. */
  readonly place: Place | undefined;
  /** Milliseconds, if constant. */
  readonly delayMs: number | undefined;
  /** Whether somebody other than the caller starts it: a helper, or timers/promises. */
  readonly isFromHelper: boolean;
}

const MAX_STEPS = 5;
const SET_TIMEOUT = /^(global|timers)#setTimeout$/;
const PROMISED = 'timers/promises#setTimeout';

/** The timer behind an expression whose value is a promise; undefined where none is seen or where it may be stopped. */
export function timerBehind(given: object | null | undefined, model: FileModel, sourceCode: SourceCode, steps = 0): TimerPromise | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  if (node.type === 'NewExpression') return ofExecutor(node, model, sourceCode);
  if (node.type === 'Identifier') {
    const variable = model.resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !isAssignedOnce(variable)) return undefined;
    return timerBehind(definition.node.init, model, sourceCode, steps + 1);
  }
  if (node.type !== 'CallExpression') return undefined;
  const path = model.resolver.pathOf(node.callee) ?? '';
  if (path === PROMISED) return ofPromised(node, model);
  // The timer itself, in place of a promise: no promise ends it either.
  if (SET_TIMEOUT.test(path) && !isUnreferenced(node)) return { timer: node, place: model.places.heldIn(node), delayMs: constantOf(node.arguments[1], model.resolver), isFromHelper: false };
  const callee = unwrapped(node.callee);
  // sleep(ms).then(() => { throw … }): the timer is that of sleep.
  if (callee?.type === 'MemberExpression' && /^(then|catch|finally)$/.test(propertyOf(callee) ?? '')) return timerBehind(callee.object, model, sourceCode, steps + 1);
  for (const target of model.targets.of(node.callee)) {
    const helper = typeof target === 'number' ? model.functions.list[target] : undefined;
    const found = helper === undefined ? undefined : timerBehind(resultOf(helper), model, sourceCode, steps + 1);
    if (found !== undefined) return { ...found, isFromHelper: true, delayMs: found.delayMs ?? constantOf(node.arguments[0], model.resolver) };
  }
  return undefined;
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`. */
function ofExecutor({ callee, arguments: [executor] }: ESTree.NewExpression, model: FileModel, sourceCode: SourceCode): TimerPromise | undefined {
  if (model.resolver.pathOf(callee) !== 'global#Promise' || !isFunction(executor)) return undefined;
  let timer: ESTree.SimpleCallExpression | undefined;
  const isTimer = (node: ESTree.Node): boolean => {
    if (node.type !== 'CallExpression' || !SET_TIMEOUT.test(model.resolver.pathOf(node.callee) ?? '')) return false;
    timer = node;
    return true;
  };
  if (!isTimer(executor.body)) someInside(executor.body, sourceCode, isTimer);
  if (timer === undefined || isUnreferenced(timer)) return undefined;
  return { timer, place: model.places.heldIn(timer), delayMs: constantOf(timer.arguments[1], model.resolver), isFromHelper: false };
}

/** `sleep(ms)` of timers/promises: nothing can stop it without a signal. */
function ofPromised(node: ESTree.SimpleCallExpression, { resolver }: FileModel): TimerPromise | undefined {
  const options = node.arguments[2];
  const names = options?.type === 'ObjectExpression' ? options.properties.map((property) => (property.type === 'Property' ? keyOf(property) : '...')) : undefined;
  if (options !== undefined && names?.every((name) => name !== 'signal' && name !== 'ref' && name !== '...') !== true) return undefined;
  return { timer: node, place: undefined, delayMs: constantOf(node.arguments[0], resolver), isFromHelper: true };
}

/** `setTimeout(…).unref()`: such a timer holds nothing open, by intent. */
function isUnreferenced(timer: ESTree.SimpleCallExpression): boolean {
  const { parent } = timer as { readonly parent?: ESTree.Node };
  return parent?.type === 'MemberExpression' && propertyOf(parent) === 'unref';
}

/** What a function that does nothing else returns, or waits for before it throws. */
function resultOf({ body }: FunctionNode): ESTree.Node | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [first, last] = [body.body[0], body.body.at(-1)];
  if (last?.type === 'ThrowStatement' && first?.type === 'ExpressionStatement' && first.expression.type === 'AwaitExpression') return first.expression.argument;
  return last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : undefined;
}
