import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import type { Acquisition } from '../data/acquisitions.js';
import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { usesOfHandle } from './handle-uses.js';
import { ownerOf } from './handle-owner.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import { whenRuns } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What becomes of something that has to be given back, in the function that takes it. */
export interface Settlement {
  /** What gives it back, or hands it to somebody else. */
  readonly settles: ReadonlySet<ESTree.Node>;
  readonly name: string;
  /** Names that tell whether there is anything to give back. */
  readonly guards: ReadonlySet<string>;
  /** Whether only the callbacks of `then()` give it back, which do not run after an error. */
  readonly isReleasedByThen: boolean;
  /** The function that is called with it: `pool.getConnection((error, connection) => …)`. Undefined if the call is awaited. */
  readonly callback: FunctionNode | undefined;
}

/** Undefined where somebody else owns it, or where nobody knows. */
export function settlementOf(call: ESTree.SimpleCallExpression, { releases, isSync = false }: Acquisition, model: FileModel): Settlement | undefined {
  const callback = callbackOf(call);
  if (callback !== undefined) return ofCallback(callback, releases, model);
  const handle = awaited(call) ?? (isSync ? call : undefined);
  if (handle === undefined) return undefined;
  const owner = ownerOf(handle, model);
  if (owner.kind === 'dropped') return { name: '', settles: new Set(), guards: new Set(), isReleasedByThen: false, callback: undefined };
  if (owner.kind !== 'held' || owner.place.path.length > 0 || owner.place.life === 'process' || isBorrowedToo(owner.place, handle)) return undefined;
  const found = settlesOf(owner.place, functionAround(call), releases, model);
  return found === undefined ? undefined : { ...found, name: owner.place.name, guards: new Set([owner.place.name]), callback: undefined };
}

/** `let session = given; if (session === undefined) session = client.startSession();`: only who knows which it was can tell what has to be given back. */
function isBorrowedToo({ root }: Place, handle: ESTree.Node): boolean {
  const { references = [] } = root as Partial<Scope.Variable>;
  return references.some(({ writeExpr }) => writeExpr && unwrapped(writeExpr) !== unwrapped(handle) && /^(Identifier|MemberExpression)$/.test(writeExpr.type) && (writeExpr as { readonly name?: string }).name !== 'undefined');
}

function ofCallback(callback: FunctionNode, releases: readonly string[], model: FileModel): Settlement | undefined {
  const [error, client, done] = callback.params;
  const place = client?.type === 'Identifier' ? model.places.of(client) : undefined;
  if (place === undefined) return undefined;
  const found = settlesOf(place, callback, releases, model);
  if (found === undefined) return undefined;
  // pg: (error, client, done)
  const byDone = done?.type === 'Identifier' ? model.places.usesOf(model.places.of(done) ?? place).filter((use) => use !== done) : [];
  const guards = new Set([place.name, ...(error?.type === 'Identifier' ? [error.name] : [])]);
  return { ...found, name: place.name, settles: new Set([...found.settles, ...byDone]), guards, callback };
}

/** Undefined where it is never given back here, but passed on. */
function settlesOf(place: Place, owner: FunctionNode | undefined, releases: readonly string[], model: FileModel): Pick<Settlement, 'settles' | 'isReleasedByThen'> | undefined {
  const methods = new Set([...releases, 'dispose', '@@dispose']);
  const settles = new Set<ESTree.Node>();
  let isGiven = false;
  let isReleasedByThen = false;
  const uses = model.places.usesOf(place);
  for (const [position, { kind }] of usesOfHandle(place, { byCall: /^$/, byMethod: methods }, model).entries()) {
    const use = uses[position];
    if (use === undefined || kind === 'read') continue;
    if (kind === 'released' || isGivenBack(use, methods)) {
      if (whenRuns(use, owner) === 'always' || functionAround(use) === owner) settles.add(use);
      else isReleasedByThen = true;
    } else if (leaves(use)) return undefined;
    else isGiven = true;
  }
  return settles.size === 0 && isGiven && !isReleasedByThen ? undefined : { settles, isReleasedByThen };
}

/** `pool.release(client)` */
function isGivenBack(use: ESTree.Node, methods: ReadonlySet<string>): boolean {
  const { parent } = use as Parented;
  if (parent?.type !== 'CallExpression' || parent.callee === use) return false;
  const callee = unwrapped(parent.callee);
  const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
  return name !== undefined && (methods.has(name) || /release|close/i.test(name));
}

/** Returned, or put where it lives on: then it is not this function's to give back. */
function leaves(use: ESTree.Node): boolean {
  let { parent } = use as Parented;
  while (parent !== null && parent !== undefined && (unwrapped(parent) !== parent || parent.type === 'ObjectExpression' || parent.type === 'Property' || parent.type === 'ArrayExpression')) parent = parent.parent;
  return parent?.type === 'ReturnStatement' || parent?.type === 'AssignmentExpression' || parent?.type === 'YieldExpression' || (isFunction(parent) && parent.type === 'ArrowFunctionExpression');
}

function callbackOf({ arguments: given }: ESTree.SimpleCallExpression): FunctionNode | undefined {
  const last = given.at(-1);
  return isFunction(last) && last.params.length >= 2 ? last : undefined;
}

/** What is not awaited is a promise, which this does not follow. */
function awaited(call: ESTree.SimpleCallExpression): ESTree.Node | undefined {
  const { parent } = call as Parented;
  return parent?.type === 'AwaitExpression' ? parent : undefined;
}
