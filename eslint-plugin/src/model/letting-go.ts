import type * as ESTree from 'estree';

import { collectionKind } from './collections.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';
import { isKeptSmall } from './shrinking.js';
import type { Store } from './stores.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const REMOVING = new Set(['delete', 'clear', 'pop', 'shift', 'splice', 'remove', 'pull', 'filter']);

/**
 * Whether something in the file, or something that the file does not show, may let go of what a store keeps: anything that removes or overwrites,
 * a collection of unknown kind, one that other files get at.
 *
 * @param stores all of the file
 * @param isSuchValue whether what is written over it is again of the kind that should be let go
 */
export function mayLetGo(store: Store, stores: readonly Store[], model: FileModel, isSuchValue: (value: ESTree.Node) => boolean): boolean {
  const { place, room } = store;
  if (isOfOthers(place)) return true;
  return room === 'one' ? isOverwritten(store, model, isSuchValue) : mayShrink(store, stores, model);
}

/** What was imported: the file that has it may do anything with it. */
function isOfOthers({ root }: Place): boolean {
  const [definition] = (root as { readonly defs?: readonly { readonly type: string }[] }).defs ?? [];
  return definition?.type === 'ImportBinding';
}

function isOverwritten({ place }: Store, model: FileModel, isSuchValue: (value: ESTree.Node) => boolean): boolean {
  if (place.path.length > 0 && model.places.isExported(place)) return true;
  return model.places.usesOf(place).some((use) => {
    const { parent } = use as Parented;
    if (parent?.type === 'UnaryExpression') return parent.operator === 'delete';
    // At module level it is the beginning.
    if (parent?.type === 'AssignmentExpression') return parent.left === use && functionAround(parent) !== undefined && !isSuchValue(parent.right);
    return parent?.type === 'ArrayPattern' || (parent?.type === 'Property' && parent.parent?.type === 'ObjectPattern' && parent.parent.parent?.type === 'AssignmentExpression');
  });
}

function mayShrink(store: Store, stores: readonly Store[], model: FileModel): boolean {
  const { place, isInner } = store;
  const kind = collectionKind(place, model);
  if (kind === undefined || kind === 'fixed' || kind === 'text' || model.places.isExported(place)) return true;
  const growths = stores.filter((other) => other.place === place && other.room === 'many');
  if (growths.some(({ values }) => values.some(isNothing))) return true;
  return isKeptSmall(place, growths, model) || isHandedOut(place, model) || (isInner && isRemovedFromSomething(model));
}

/** `sockets[id] = undefined` */
export function isNothing(given: ESTree.Node): boolean {
  const node = unwrapped(given);
  return (node?.type === 'Literal' && node.value === null) || (node?.type === 'Identifier' && node.name === 'undefined');
}

/** A collection within a collection goes by other names. */
function isRemovedFromSomething({ nodes, places }: FileModel): boolean {
  return nodes.of('CallExpression').some(({ callee }) => callee.type === 'MemberExpression' && REMOVING.has(propertyOf(callee) ?? '') && places.of(callee.object)?.life !== 'process');
}

/** Given to code of which nobody knows what it does: a helper of another file, an object that is made with it. */
function isHandedOut(place: Place, { places, targets }: FileModel): boolean {
  return places.usesOf(place).some((use) => {
    let inner = use as Parented;
    let { parent } = inner;
    while (parent !== null && parent !== undefined && (unwrapped(parent) !== parent || (parent.type === 'Property' && parent.value === inner) || parent.type === 'ObjectExpression')) [inner, parent] = [parent, parent.parent];
    if (parent?.type === 'NewExpression') return true;
    if (parent?.type !== 'CallExpression' || parent.callee === inner) return false;
    const callee = unwrapped(parent.callee);
    const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : '';
    return !LOOKS.test(name ?? '') && !targets.of(parent.callee).some((target) => typeof target === 'number');
  });
}

/** Functions that read a collection, or put it into a text. */
const LOOKS = /^(json|jsonp|send|end|write|render|stringify|log|info|warn|error|debug|trace|keys|values|entries|from|isArray|inspect|emit|expect|equal|deepEqual|push|all|allSettled|concat|forEach|map|Map|Set)$/;
