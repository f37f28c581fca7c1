import type { Listener } from './listener-identity.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';

/** Looks removals up without going through all of them for each listener that was added. */
export interface RemovalIndex {
  readonly ofListener: (place: Place) => readonly Registration[];
  readonly ofEmitter: (key: Registration['key']) => readonly Registration[];
  /** One for each emitter and event, of those that take all listeners, or one that is known (`isOwn`) or not; those of texts that differ from an event are left out. */
  readonly distinct: (event: Registration['event']) => readonly Distinct[];
}

export interface Distinct {
  readonly removal: Registration;
  /** Whether it takes a function of the file, and no other. */
  readonly isOwn: boolean;
}

export function makeRemovalIndex(removals: readonly Registration[], identityOf: (removal: Registration) => Listener | undefined): RemovalIndex {
  const byListener = new Map<Place, Registration[]>();
  const byEmitter = new Map<Registration['key'], Registration[]>();
  const byEvent = new Map<string | undefined, Distinct[]>();
  const seen = { own: new Map<Registration['event'], Set<unknown>>(), other: new Map<Registration['event'], Set<unknown>>() };
  for (const removal of removals) {
    const identity = identityOf(removal);
    append(byEmitter, removal.key, removal);
    if (identity?.kind === 'named') append(byListener, identity.place, removal);
    if (identity?.kind === 'fresh') continue;
    const isOwn = identity?.kind === 'named' && identity.isOwn;
    const ofKind = isOwn ? seen.own : seen.other;
    const emitters = ofKind.get(removal.event) ?? new Set();
    ofKind.set(removal.event, emitters);
    if (emitters.has(removal.key)) continue;
    emitters.add(removal.key);
    append(byEvent, typeof removal.event === 'string' ? removal.event : undefined, { removal, isOwn });
  }
  const all = [...byEvent.values()].flat();
  return {
    ofListener: (place) => byListener.get(place) ?? [],
    ofEmitter: (key) => byEmitter.get(key) ?? [],
    distinct: (event) => (typeof event === 'string' ? [...(byEvent.get(event) ?? []), ...(byEvent.get(undefined) ?? [])] : all),
  };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [value]);
  else before.push(value);
}
