import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { isProvider } from './injected.js';
import { makeLifetimes } from './lifetimes.js';
import { madeOf } from './made-of.js';
import { functionAround, type FileModel, type Reach } from './model.js';
import type { Store } from './stores.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** No field is taken for long-lived by its name alone. */
const NO_NAME = /$^/;
const BY_SIGNATURE = /^the \(/;
/** Classes whose objects are made for one request, by their names. */
const SHORT_LIVED = /(Request|Response|Context|Session|Job|Task|Connection|Socket|Client|Stream|Handler|Transaction|Reader|Writer|Parser|Builder|Message|Event)$/;

/**
 * How a handler comes to a line that stores something for longer than its request; undefined where it goes with the request, or might.
 *
 * @param given how the stored value came here, where nothing shows who calls the function around
 */
export function outlivedBy(store: Store, given: Reach, model: FileModel): Reach | undefined {
  const { place, node, room } = store;
  const reach = model.reachOf(node);
  if (place.life === 'process') return reach ?? given;
  if (place.life !== 'instance' && place.life !== 'call') return undefined;
  if (reach === undefined) return place.life === 'instance' && room === 'many' && !isShortLived(place.root as Parented) ? given : undefined;
  if (room === 'one' && (place.life === 'instance' ? !isMadeByProgram(place.root as Parented, model) : BY_SIGNATURE.test(reach.reason) && !isReturned(node))) return undefined;
  return makeLifetimes(model).outlivedBy({ place, node, isInner: false }, NO_NAME) === undefined ? undefined : reach;
}

/** An object that the module or a container makes. One that keeps a single request may be made for it, or for a server that soon ends. */
function isMadeByProgram(body: Parented, model: FileModel): boolean {
  const owner = body.parent;
  if (owner === null || owner === undefined) return false;
  if (owner.type === 'ClassDeclaration' && isProvider(owner, model.resolver)) return true;
  return madeOf(owner, model).some((made) => functionAround(made) === undefined);
}

/** `return (req, res, next) => {}`: what makes middleware is called once. */
function isReturned(node: object): boolean {
  const around = functionAround(node);
  const parent = (around as Parented | undefined)?.parent;
  return parent?.type === 'ReturnStatement' || (isFunction(parent) && parent.body === around);
}

function isShortLived(body: Parented): boolean {
  const { id } = (body.parent ?? {}) as { readonly id?: { readonly name?: string } | null };
  return SHORT_LIVED.test(id?.name ?? '');
}
