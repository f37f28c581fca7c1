import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { callWith } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

/** Whether a call is one of those that care for what they are given, by its name or as it is written: `registerCleanup`, `app.onEnd`. */
export function isCleanupCall(call: ESTree.SimpleCallExpression | ESTree.NewExpression, cleanupCalls: readonly string[] = []): boolean {
  const name = cleanupCalls.length === 0 ? undefined : nameOfCallee(call.callee);
  if (name === undefined) return false;
  const { callee } = call;
  const owner = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? `${callee.object.name}.` : '';
  return cleanupCalls.includes(name) || cleanupCalls.includes(`${owner}${name}`);
}

/** Whether an expression is given to one of them. */
export function isGivenToCleanup(node: ESTree.Node, cleanupCalls: readonly string[] = []): boolean {
  const call = cleanupCalls.length === 0 ? undefined : callWith(node);
  return call !== undefined && isCleanupCall(call, cleanupCalls);
}

/** Whether the object that a field belongs to is given to one of them: `registerCleanup(this)`. */
export function isOwnerCaredFor({ root, path }: Place, cleanupCalls: readonly string[] | undefined, { places }: FileModel): boolean {
  const owner = path.length === 0 ? undefined : places.at(root, []);
  return owner !== undefined && places.usesOf(owner).some((use) => isGivenToCleanup(use, cleanupCalls));
}

export function nameOfCallee(given: ESTree.Node): string | undefined {
  const callee = unwrapped(given);
  return callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
}
