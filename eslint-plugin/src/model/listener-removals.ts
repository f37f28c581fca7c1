import type * as ESTree from 'estree';

import { PLAIN_REMOVE_METHODS } from '../data/emitters.js';
import { constantExpression, optionOf } from './options.js';
import { listenerOf, type Listener } from './listener-identity.js';
import { lazily } from './lazily.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { makeRemovalIndex } from './removal-index.js';
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
  const isAdd = ({ kind }: Registration): boolean => kind === 'add' || kind === 'once';
  const index = makeRemovalIndex(registrations.filter((each) => !isAdd(each)), ({ call }) => identities.get(call));
  // The same lookup by listener, of what adds it.
  const adds = makeRemovalIndex(registrations.filter(isAdd), ({ call }) => identities.get(call));

  function isRemoved(added: Registration): boolean {
    const mine = identities.get(added.call);
    const isKnown = lazily(() => mine?.kind === 'fresh' || (mine?.kind === 'named' && mine.isOwn));
    if (mine?.kind === 'named' && index.ofListener(mine.place).some((removal) => isMaybeEvent(removal.event, added.event) && isMaybeCapture(removal, added))) return true;
    return index.distinct(added.event).some(({ removal, isOwn }) => {
      // Of two functions that the file shows, each removes itself only; and nobody has a name for one that is written where it is added.
      if ((isOwn && isKnown()) || (mine?.kind === 'fresh' && isForAnother(removal, added))) return false;
      const theirs = identities.get(removal.call);
      const isSame = theirs?.kind === 'named' && mine?.kind === 'named' && theirs.place === mine.place;
      return !isSame && isMaybeEvent(removal.event, added.event) && mayBeSame(removal.key, added.key);
    });
  }

  const isMaybeCapture = (one: Registration, other: Registration): boolean => {
    const [mine, theirs] = [captureOf(one, model), captureOf(other, model)];
    return mine === undefined || theirs === undefined || mine === theirs;
  };

  /** Why a call that is about the same emitter does not remove a listener. */
  function noopReason(removal: Registration, added: Registration): string | undefined {
    const [mine, theirs] = [identities.get(added.call), identities.get(removal.call)];
    if (removal.kind !== 'remove' || mine === undefined || theirs === undefined) return undefined;
    const isSame = mine.kind === 'named' && theirs.kind === 'named' && mine.place === theirs.place;
    if (removal.event !== added.event) return isSame ? otherEvent(removal, added) : undefined;
    if (removal.event === undefined) return undefined;
    if (isSame) return 'it has another capture flag than addEventListener() had';
    if (theirs.kind === 'fresh') return `it is given ${theirs.what}`;
    if (mine.kind === 'fresh' && isForAnother(removal, added)) return `the listener that was added is ${mine.what}`;
    if (theirs.kind !== 'named' || isAddedFor(removal, theirs.place)) return undefined;
    if (mine.kind === 'fresh') return mine.boundPlace === theirs.place ? `the listener that was added is ${mine.what}` : `the listener that was added is ${mine.what}, not '${theirs.place.name}'`;
    return mine.kind === 'named' ? `it is given '${theirs.place.name}', and the listener that was added is '${mine.place.name}'` : undefined;
  }

  /** The same listener, for an event for which it was never added. */
  function otherEvent(removal: Registration, added: Registration): string | undefined {
    const mine = identities.get(added.call);
    if (typeof removal.event !== 'string' || typeof added.event !== 'string' || mine?.kind !== 'named' || isAddedFor(removal, mine.place)) return undefined;
    return `it is about '${removal.event}', and the listener was added for '${added.event}'`;
  }

  /** `bus.removeListener('x', this.f)`, where the same emitter gets the functions for that event that are written there, and no other. */
  function isForAnother(removal: Registration, { key, event }: Registration): boolean {
    if (!PLAIN_REMOVE_METHODS.has(removal.method) || unwrapped(removal.listener)?.type !== 'MemberExpression' || typeof event !== 'string') return false;
    return key !== undefined && removal.key === key && adds.ofEmitter(key).every((each) => each.event !== event || identities.get(each.call)?.kind === 'fresh');
  }

  const isAddedFor = ({ event }: Registration, listener: Place): boolean => adds.ofListener(listener).some((each) => isMaybeEvent(each.event, event));

  return {
    of: (added) => {
      if (isRemoved(added)) return { kind: 'removed' };
      if (added.key === undefined) return { kind: 'none' };
      for (const by of index.ofEmitter(added.key)) {
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
