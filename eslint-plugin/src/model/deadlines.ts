import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { ownerOf } from './handle-owner.js';
import { functionAround, type FileModel } from './model.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const SET_TIMEOUT = /^(global|timers)#setTimeout$/;

/** What a timer gives up when its time has come, and which something else may have ended before. */
export interface Deadline {
  /** For messages: `controller`, `reject`. */
  readonly name: string;
}

/**
 * What a dropped timer is the deadline of: `setTimeout(() => controller.abort(), ms)`, or a rejection of a promise that something else resolves.
 * Undefined for other timers, and for those that somebody has a handle of.
 */
export function deadlineOf(timer: ESTree.SimpleCallExpression, model: FileModel): Deadline | undefined {
  const [callback] = timer.arguments;
  if (!SET_TIMEOUT.test(model.resolver.pathOf(timer.callee) ?? '') || !isFunction(callback) || ownerOf(timer, model).kind !== 'dropped') return undefined;
  if (isUnreferenced(timer)) return undefined;
  const call = onlyCallOf(callback);
  if (call === undefined) return undefined;
  return abortOf(call, timer, model) ?? rejectionOf(call, { timer, callback, model });
}

function isUnreferenced(timer: ESTree.Node): boolean {
  const { parent } = timer as Parented;
  return parent?.type === 'MemberExpression';
}

/** The call that is all that a function does. */
function onlyCallOf({ body }: FunctionNode): ESTree.SimpleCallExpression | undefined {
  if (body.type !== 'BlockStatement') return callIn(body);
  const [statement] = body.body;
  if (body.body.length !== 1 || statement === undefined) return undefined;
  return statement.type === 'ExpressionStatement' ? callIn(statement.expression) : statement.type === 'ReturnStatement' ? callIn(statement.argument) : undefined;
}

function callIn(given: ESTree.Node | null | undefined): ESTree.SimpleCallExpression | undefined {
  const node = unwrapped(given);
  return node?.type === 'CallExpression' ? node : undefined;
}

/** `controller.abort()`, of a controller that is made for this call and whose signal somebody is given. */
function abortOf({ callee }: ESTree.SimpleCallExpression, timer: ESTree.Node, model: FileModel): Deadline | undefined {
  const member = unwrapped(callee);
  if (member?.type !== 'MemberExpression' || propertyOf(member) !== 'abort' || member.object.type !== 'Identifier') return undefined;
  const definition = model.resolver.variableOf(member.object)?.defs[0];
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || functionAround(timer) === undefined) return undefined;
  const made = unwrapped(definition.node.init);
  if (made?.type !== 'NewExpression' || made.callee.type !== 'Identifier' || !/AbortController$/.test(made.callee.name) || functionAround(made) !== functionAround(timer)) return undefined;
  // What returns the signal itself is an AbortSignal.timeout(): there is no work to be over before.
  if (model.resolver.variableOf(member.object)?.references.some(({ identifier }) => isReturnedSignal(identifier as Parented))) return undefined;
  return { name: member.object.name };
}

function isReturnedSignal({ parent }: Parented): boolean {
  if (parent?.type !== 'MemberExpression' || propertyOf(parent) !== 'signal') return false;
  return parent.parent?.type === 'ReturnStatement' || parent.parent?.type === 'ArrowFunctionExpression';
}

/** `reject(…)` of an executor whose `resolve` stands elsewhere too, or `deferred.reject(…)` where `deferred.resolve` does. */
function rejectionOf({ callee }: ESTree.SimpleCallExpression, { timer, callback, model }: { readonly timer: ESTree.Node; readonly callback: FunctionNode; readonly model: FileModel }): Deadline | undefined {
  const called = unwrapped(callee);
  const around = functionAround(timer);
  if (around === undefined) return undefined;
  if (called?.type === 'MemberExpression' && propertyOf(called) === 'reject' && called.object.type === 'Identifier') {
    const variable = model.resolver.variableOf(called.object);
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable' || functionAround(definition.node) !== around) return undefined;
    return usesOutside(variable, callback).some((use) => isResolveOf(use)) ? { name: variable.name } : undefined;
  }
  const executor = called?.type === 'Identifier' ? model.resolver.variableOf(called)?.defs[0]?.node : undefined;
  if (called?.type !== 'Identifier' || !isFunction(executor) || executor !== around || !isExecutor(executor, model)) return undefined;
  const [resolve, reject] = executor.params;
  if (resolve?.type !== 'Identifier' || reject?.type !== 'Identifier' || reject.name !== called.name) return undefined;
  const variable = model.resolver.variableOf(resolve);
  return variable !== undefined && usesOutside(variable, callback).length > 0 ? { name: reject.name } : undefined;
}

function usesOutside({ references }: Scope.Variable, callback: FunctionNode): readonly Parented[] {
  // A name in JSX is as good a use as any.
  return references.map(({ identifier }) => identifier as Parented).filter((use) => !isInside(use, callback));
}

function isResolveOf(use: Parented): boolean {
  return use.parent?.type === 'MemberExpression' && use.parent.object === use && propertyOf(use.parent) === 'resolve';
}

function isExecutor(node: FunctionNode, { resolver }: FileModel): boolean {
  const { parent } = node as Parented;
  return parent?.type === 'NewExpression' && parent.arguments[0] === node && resolver.pathOf(parent.callee) === 'global#Promise';
}

function isInside(node: ESTree.Node, around: ESTree.Node): boolean {
  return (node.range?.[0] ?? 0) >= (around.range?.[0] ?? 0) && (node.range?.[1] ?? 0) <= (around.range?.[1] ?? 0);
}
