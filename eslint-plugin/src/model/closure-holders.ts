import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { ADD_METHODS, ONCE_METHODS } from '../data/emitters.js';
import { boundIn, closuresIn } from './captures.js';
import { constantOf } from './constant.js';
import { makeEmitterLives } from './emitter-life.js';
import { mayBeReleasedElsewhere } from './fields.js';
import { ownerOf } from './handle-owner.js';
import { usesOfHandle, type Releases } from './handle-uses.js';
import { mayLetGo } from './letting-go.js';
import { makeListenerRemovals } from './listener-removals.js';
import { isCaredForElsewhere } from './listener-uses.js';
import type { FileModel, Reach } from './model.js';
import { optionOf } from './options.js';
import { registrationsOf } from './registrations.js';
import { outlivedBy } from './request-holders.js';
import { storesOf } from './stores.js';
import { chainOf, clearsItself } from './timer-chain.js';
import { mentions } from './words.js';

/** A line of a handler that gives a function to what outlives it. */
export interface Handing {
  readonly node: ESTree.Node;
  readonly value: ESTree.Node;
  /** For messages: what keeps it. */
  readonly holder: string;
  readonly reach: Reach;
}

const TIMER = /^(global|timers)#set(Interval|Timeout)$/;
const RELEASES: Releases = { byCall: /^(global|timers)#clear(Interval|Timeout|Immediate)$/, byMethod: new Set(['close', 'dispose', '@@dispose']) };
/** Events that come soon, once, and take the listener along. */
const SOON = /^(open|opened|connect|connected|ready|listening|drain|load|loaded|init|initialized|online)$/;

interface Given {
  readonly model: FileModel;
  readonly sourceCode: SourceCode;
  /** Timers from this delay on count. */
  readonly minDelayMs: number;
}

/** Timers that nobody clears, listeners of emitters that stay, and collections that nothing is taken out of. */
export function handingsIn(given: Given): readonly Handing[] {
  return [...toTimers(given), ...toEmitters(given), ...toCollections(given)];
}

function toTimers({ model, sourceCode, minDelayMs }: Given): readonly Handing[] {
  return model.nodes.of('CallExpression').flatMap((call): readonly Handing[] => {
    const path = model.resolver.pathOf(call.callee) ?? '';
    const [value, delay] = call.arguments;
    const reach = TIMER.test(path) ? model.reachOf(call) : undefined;
    if (value === undefined || reach === undefined) return [];
    const isInterval = path.endsWith('setInterval');
    if (isInterval ? clearsItself(call, sourceCode) : !((constantOf(delay, model.resolver) ?? 0) >= minDelayMs)) return [];
    return isNeverCleared(call, model) ? [{ node: call, value, holder: isInterval ? 'an interval that nothing clears' : 'a timer for a long time', reach }] : [];
  });
}

function isNeverCleared(call: ESTree.SimpleCallExpression, model: FileModel): boolean {
  const owner = ownerOf(chainOf(call).handle, model);
  if (owner.kind !== 'held') return owner.kind === 'dropped';
  return !mayBeReleasedElsewhere(owner.place, RELEASES, model, false) && usesOfHandle(owner.place, RELEASES, model).every(({ kind }) => kind === 'read');
}

function toEmitters({ model, sourceCode }: Given): readonly Handing[] {
  if (!mentions(sourceCode, [...ADD_METHODS, ...ONCE_METHODS])) return [];
  const registrations = registrationsOf(model, sourceCode, []);
  const byCall = new Map<object, (typeof registrations)[number]>(registrations.map((each) => [each.call, each]));
  const removals = makeListenerRemovals(registrations, model);
  const { callersOf } = model;
  const lives = makeEmitterLives(model, callersOf);
  return registrations.flatMap((added): readonly Handing[] => {
    const { call, kind, emitter, event, listener, options } = added;
    const reach = model.reachOf(call);
    const place = kind === 'add' || kind === 'once' ? model.places.of(emitter) : undefined;
    if (reach === undefined || place === undefined || listener === undefined || !lives.outlives(place, call)) return [];
    if (kind === 'once' && typeof event === 'string' && SOON.test(event)) return [];
    if (options !== undefined && optionOf(options, ['signal'], model.resolver) !== 'absent') return [];
    if (removals.of(added).kind !== 'none' || isCaredForElsewhere(added, { byCall, callersOf, model })) return [];
    return [{ node: call, value: listener, holder: `a listener of '${place.name}'`, reach }];
  });
}

function toCollections({ model, sourceCode }: Given): readonly Handing[] {
  const stores = storesOf(model, sourceCode);
  return stores.flatMap((store): readonly Handing[] => {
    const values = store.room === 'many' ? store.values.filter((value) => boundIn(value).length > 0 || closuresIn(value, model).length > 0) : [];
    const reach = values.length > 0 ? model.reachOf(store.node) : undefined;
    if (reach === undefined || outlivedBy(store, reach, model) === undefined || mayLetGo(store, stores, model, () => false)) return [];
    return values.map((value) => ({ node: store.node, value, holder: `'${store.place.name}', which nothing takes it out of`, reach }));
  });
}
