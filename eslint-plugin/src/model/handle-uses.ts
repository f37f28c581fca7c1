import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { isCleanupCall, nameOfCallee } from './cleanup-calls.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What a file does with a handle at one of its uses. */
export type HandleUse =
  | { readonly kind: 'released'; readonly node: ESTree.Node }
  /** Given to whoever may release it. */
  | { readonly kind: 'given' }
  | { readonly kind: 'read' };

/** How a handle is released: by a call that takes it, or by a method of its own. */
export interface Releases {
  /** Of the path of a callee, such as `global#clearInterval`. */
  readonly byCall: RegExp;
  readonly byMethod: ReadonlySet<string>;
  /** Functions that care for what they are given, by their names or as they are written: `registerCleanup`, `app.onEnd`. */
  readonly cleanupCalls?: readonly string[];
}

const READ: HandleUse = { kind: 'read' };
const GIVEN: HandleUse = { kind: 'given' };
/** Functions that only look at what they are given. */
const LOOKS = /^(log|info|warn|error|debug|trace|Boolean|String|Number|inspect|format|ok|equal|expect|isTimer)$/;
const MAX_STEPS = 3;

/** What the uses of a place do with the handle in it; those of a parameter that it is passed on by included. */
export function usesOfHandle(place: Place, releases: Releases, model: FileModel, steps = 0): readonly HandleUse[] {
  return model.places.usesOf(place).map((use) => useAt(use, releases, model, steps));
}

function useAt(use: ESTree.Node, releases: Releases, model: FileModel, steps: number): HandleUse {
  let inner = use as Parented;
  let { parent } = inner;
  while (parent !== null && parent !== undefined && isSeenThrough(parent, inner)) [inner, parent] = [parent, parent.parent];
  if (parent === null || parent === undefined) return READ;
  switch (parent.type) {
    case 'CallExpression':
    case 'NewExpression':
      return inner === parent.callee ? READ : atCall(parent, inner, releases, model, steps);
    case 'MemberExpression':
      return atMember(parent, inner, releases);
    case 'VariableDeclarator':
      return parent.init === inner ? GIVEN : READ;
    case 'AssignmentExpression':
      return parent.right === inner && parent.operator === '=' ? GIVEN : READ;
    case 'Property':
      return parent.value === inner && parent.parent?.type === 'ObjectExpression' ? GIVEN : READ;
    case 'ReturnStatement':
    case 'YieldExpression':
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'ExportSpecifier':
    case 'ExportDefaultDeclaration':
    case 'ThrowStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return GIVEN;
    case 'ArrowFunctionExpression':
      return parent.body === inner ? GIVEN : READ;
    default:
      return READ;
  }
}

/** `a ?? b`, `a ? b : c` and casts hand on the same value. */
function isSeenThrough(parent: Parented, inner: Parented): boolean {
  if (parent.type === 'LogicalExpression') return parent.parent?.type !== 'IfStatement';
  return parent.type === 'ConditionalExpression' ? parent.test !== inner : parent.type === 'AwaitExpression' || unwrapped(parent) !== parent;
}

function atCall(call: ESTree.SimpleCallExpression | ESTree.NewExpression, argument: Parented, releases: Releases, model: FileModel, steps: number): HandleUse {
  const { resolver, targets, functions, places } = model;
  if (releases.byCall.test(resolver.pathOf(call.callee) ?? '')) return { kind: 'released', node: call };
  const name = nameOfCallee(call.callee);
  const own = targets.of(call.callee).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
  if (isCleanupCall(call, releases.cleanupCalls)) return GIVEN;
  if (own.length === 0) return name !== undefined && LOOKS.test(name) ? READ : GIVEN;
  if (steps >= MAX_STEPS) return GIVEN;
  const position = call.arguments.indexOf(argument as ESTree.Expression);
  const inside = own.flatMap(({ params }) => {
    const parameter = params[position];
    const place = parameter?.type === 'Identifier' ? places.of(parameter) : undefined;
    return place === undefined ? [GIVEN] : usesOfHandle(place, releases, model, steps + 1);
  });
  // A function that releases it does so where it is called.
  return inside.some(({ kind }) => kind === 'released') ? { kind: 'released', node: call } : inside.some(({ kind }) => kind === 'given') ? GIVEN : READ;
}

function atMember(member: Parented & ESTree.MemberExpression, inner: Parented, { byMethod }: Releases): HandleUse {
  if (member.object !== inner) return READ;
  const name = propertyOf(member);
  if (name !== undefined) return byMethod.has(name) ? { kind: 'released', node: member } : READ;
  // timer[Symbol.dispose](), and whatever is called by a name that is not known; reading such a field releases nothing.
  return member.parent?.type === 'CallExpression' && member.parent.callee === member ? { kind: 'released', node: member } : READ;
}

/** Whether an error, at an `await` between acquiring and releasing, would leave the handle. */
export function isSkippedByErrors(acquired: ESTree.Node, released: readonly ESTree.Node[], awaits: readonly ESTree.Node[]): boolean {
  const around = functionAround(acquired);
  return released.every((node) => functionAround(node) === around && awaits.some((each) => functionAround(each) === around && startOf(acquired) < startOf(each) && startOf(each) < startOf(node) && !isCaught(each, node)));
}

/** Whether what an `await`, or the promise that it waits for, throws is caught before the release, by a `catch` that goes on. */
export function isCaught(awaiting: ESTree.Node, release: ESTree.Node): boolean {
  let inner = awaiting as Parented;
  for (let at = inner.parent; at !== null && at !== undefined; inner = at, at = at.parent) {
    if (isCatch(at, inner)) return true;
    if (isFunction(at)) return false;
    if (at.type !== 'TryStatement' || at.block !== inner) continue;
    if ([at.finalizer, at.handler].some((block) => block && isWithin(release, block))) return true;
    if (at.handler && !isWithin(release, at.block) && !leaves(at.handler.body)) return true;
  }
  return false;
}

/** `work().catch((error) => { log(error); })` */
function isCatch(member: Parented, inner: Parented): boolean {
  const call = member.parent;
  if (member.type !== 'MemberExpression' || member.object !== inner || propertyOf(member) !== 'catch' || call?.type !== 'CallExpression') return false;
  const handler = unwrapped(call.arguments[0]);
  return isFunction(handler) && handler.body.type === 'BlockStatement' && !leaves(handler.body);
}

function leaves({ body }: ESTree.BlockStatement): boolean {
  return body.some(({ type }) => type === 'ThrowStatement' || type === 'ReturnStatement');
}

function isWithin(node: ESTree.Node, block: ESTree.Node): boolean {
  return startOf(block) <= startOf(node) && startOf(node) < (block.range?.[1] ?? 0);
}

const startOf = ({ range }: ESTree.Node): number => range?.[0] ?? 0;
