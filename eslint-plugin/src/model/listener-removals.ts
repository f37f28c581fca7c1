import type * as ESTree from 'estree';

import { constantExpression, optionOf } from './options.js';
import { listenerOf, type Listener } from './listener-identity.js';
import type { FileModel } from './model.js';
import type { Registration } from './registrations.js';
import { unwrapped } from './resolver.js';

/** What becomes of a listener that was added. */
export type Removal =
  | { readonly kind: 'removed' }
  /** A call that looks like its removal, and is none. */
  | { readonly kind: 'noop'; readonly by: Registration; readonly reason: string }
  | { readonly kind: 'none' };

export interface ListenerRemovals {
  /** When in doubt, `removed`. */
  readonly of: (added: Registration) => Removal;
}

export function makeListenerRemovals(registrations: readonly Registration[], model: FileModel): ListenerRemovals {
  const identities = new Map(registrations.flatMap(({ call, listener }): [object, Listener][] => (listener === undefined ? [] : [[call, listenerOf(listener, model)]])));
  const adds = registrations.filter(({ kind }) => kind === 'add' || kind === 'once');
  const removals = registrations.filter(({ kind }) => kind === 'remove' || kind === 'remove-all');

  const isSameListener = (one: Registration, other: Registration): boolean => {
    const [mine, theirs] = [identities.get(one.call), identities.get(other.call)];
    return mine?.kind === 'named' && theirs?.kind === 'named' && mine.place === theirs.place;
  };

  function mayRemove(removal: Registration, added: Registration): boolean {
    if (!isMaybeEvent(removal.event, added.event)) return false;
    const theirs = identities.get(removal.call);
    if (theirs === undefined) return mayBeSame(removal.key, added.key);
    const mine = identities.get(added.call);
    if (isSameListener(removal, added)) return captureOf(removal, model) === undefined || captureOf(added, model) === undefined || captureOf(removal, model) === captureOf(added, model);
    if (theirs.kind === 'fresh') return false;
    // Which function it is, the file does not tell.
    const isDifferent = theirs.kind === 'named' && (mine?.kind === 'fresh' ? theirs.isOwn : mine?.kind === 'named' && mine.isOwn && theirs.isOwn);
    return !isDifferent && mayBeSame(removal.key, added.key);
  }

  /** Why a call that is about the same emitter does not remove a listener. */
  function noopReason(removal: Registration, added: Registration): string | undefined {
    if (removal.kind !== 'remove' || removal.key === undefined || removal.key !== added.key) return undefined;
    const [mine, theirs] = [identities.get(added.call), identities.get(removal.call)];
    if (mine === undefined || theirs === undefined) return undefined;
    if (removal.event !== added.event) return otherEvent(removal, added);
    if (removal.event === undefined) return undefined;
    if (isSameListener(removal, added)) return 'it has another capture flag than addEventListener() had';
    if (theirs.kind === 'fresh') return `it is given ${theirs.what}`;
    if (theirs.kind !== 'named' || isAddedSomewhere(removal)) return undefined;
    if (mine.kind === 'fresh') return mine.boundPlace === theirs.place ? `the listener that was added is ${mine.what}` : `the listener that was added is ${mine.what}, not '${theirs.place.name}'`;
    return mine.kind === 'named' ? `it is given '${theirs.place.name}', and the listener that was added is '${mine.place.name}'` : undefined;
  }

  /** The same listener, for an event for which it was never added. */
  function otherEvent(removal: Registration, added: Registration): string | undefined {
    if (typeof removal.event !== 'string' || typeof added.event !== 'string' || !isSameListener(removal, added) || isAddedSomewhere(removal)) return undefined;
    return `it is about '${removal.event}', and the listener was added for '${added.event}'`;
  }

  const isAddedSomewhere = (removal: Registration): boolean => adds.some((each) => isMaybeEvent(each.event, removal.event) && isSameListener(each, removal));

  return {
    of: (added) => {
      if (removals.some((each) => mayRemove(each, added))) return { kind: 'removed' };
      for (const by of removals) {
        const reason = noopReason(by, added);
        if (reason !== undefined) return { kind: 'noop', by, reason };
      }
      return { kind: 'none' };
    },
  };
}

/** Only texts and constants of the module are known to differ. */
function isMaybeEvent(one: Registration['event'], other: Registration['event']): boolean {
  const isVarying = (event: Registration['event']): boolean => typeof event === 'object' && event.life !== 'process';
  return isVarying(one) || isVarying(other) || mayBeSame(one, other);
}

/** Two texts, and two constants, are two things; a parameter may be anything, and a constant may hold a text. */
function mayBeSame(one: Registration['key'], other: Registration['key']): boolean {
  if (one === undefined || other === undefined || one === other || typeof one !== typeof other) return true;
  return isParameter(one) || isParameter(other);
}

/** A parameter may be what another name stands for. */
function isParameter(key: unknown): boolean {
  const { root } = key as { readonly root?: { readonly defs?: readonly { readonly type: string }[] } };
  return root?.defs?.[0]?.type === 'Parameter';
}

/** The capture flag of a listener of an EventTarget; undefined where it is not known. */
function captureOf({ method, options }: Registration, { resolver }: FileModel): boolean | undefined {
  if (!method.endsWith('EventListener')) return false;
  if (options === undefined) return false;
  const node: ESTree.Node | undefined = constantExpression(options, resolver);
  if (node?.type === 'Literal') return Boolean(node.value);
  const capture = optionOf(options, ['capture'], resolver);
  if (capture === 'absent') return false;
  const value = typeof capture === 'object' ? unwrapped(capture) : undefined;
  return value?.type === 'Literal' ? Boolean(value.value) : undefined;
}
