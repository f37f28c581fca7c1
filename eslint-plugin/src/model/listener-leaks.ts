import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { SIGNAL_NAME } from '../data/emitters.js';
import { settingsOrDefaults } from '../settings.js';
import { makeCallers } from './callers.js';
import { isGivenToCleanup, isOwnerCaredFor } from './cleanup-calls.js';
import { makeEmitterLives } from './emitter-life.js';
import { injectedLeak, type InjectedLeak } from './injected-leaks.js';
import { isLazy } from './lazy.js';
import { listenerOf } from './listener-identity.js';
import { isCaredForElsewhere, isGuardedByCount } from './listener-uses.js';
import type { FileModel, Reach } from './model.js';
import { optionOf } from './options.js';
import { pooledClientLeak } from './pooled-clients.js';
import { pooledSocketReach } from './pooled-sockets.js';
import type { Registration } from './registrations.js';
import { repeatedLeak, type RepeatedLeak } from './repeated-listeners.js';
import { restartLeak } from './restart-leaks.js';
import { signalLeak, type SignalLeak } from './signal-leaks.js';
import { subscriptionLeak } from './subscription-leaks.js';
import { waitLeak } from './wait-leaks.js';
import { workLeak, type WorkLeak } from './work-leaks.js';

export type ListenerLeak = { readonly kind: 'reached'; readonly reach: Reach } | ({ readonly kind: 'injected' } & InjectedLeak) | ({ readonly kind: 'signal' } & SignalLeak) | ({ readonly kind: 'work' } & WorkLeak) | ({ readonly kind: 'repeated' } & RepeatedLeak);

/** Tells how a listener that the file does not remove adds up; undefined where it does not, or where that is not known. */
export function makeListenerLeaks(registrations: readonly Registration[], model: FileModel, { sourceCode, settings }: Rule.RuleContext): (added: Registration) => ListenerLeak | undefined {
  const byCall = new Map<object, Registration>(registrations.map((each) => [each.call, each]));
  const callersOf = makeCallers(model.functions, model.targets);
  const lives = makeEmitterLives(model, callersOf);
  const { cleanupMethods, cleanupCalls } = settingsOrDefaults(settings);
  const textOf = (node: ESTree.Node): string => sourceCode.getText(node);

  function leakOf(added: Registration): ListenerLeak | undefined {
    const reach = model.reachOf(added.call);
    if (reach !== undefined && added.key !== undefined && (typeof added.key === 'string' || lives.outlives(added.key, added.call))) return { kind: 'reached', reach };
    const pooled = pooledSocketReach(added, model);
    if (pooled !== undefined) return { kind: 'reached', reach: pooled };
    const given = signalLeak(added, model);
    if (given !== undefined) return { kind: 'signal', ...given };
    const repeated = repeatedLeak(added, registrations, model);
    if (repeated !== undefined) return { kind: 'repeated', ...repeated };
    const work = workLeak(added, model) ?? pooledClientLeak(added, model) ?? waitLeak(added, registrations, model) ?? subscriptionLeak(added, model) ?? restartLeak(added, model);
    if (work !== undefined) return { kind: 'work', ...work };
    const injected = injectedLeak(added, registrations, model, cleanupMethods);
    return injected === undefined ? undefined : { kind: 'injected', ...injected };
  }

  /** A signal removes it, or options that are not known may have one; not one that is as old as the emitter. */
  function isSignalled({ options, call }: Registration): boolean {
    if (options === undefined) return false;
    const signal = optionOf(options, ['signal'], model.resolver);
    if (signal === 'absent') return false;
    if (signal === 'unknown') return model.places.of(options) !== undefined || options.type === 'ObjectExpression';
    const place = SIGNAL_NAME.test(textOf(signal)) ? model.places.of(signal) : undefined;
    return place === undefined || !lives.outlives(place, call);
  }

  /** An EventTarget adds the same function only once. */
  function isSameEachTime({ method, listener }: Registration, { kind }: ListenerLeak): boolean {
    const found = method === 'addEventListener' && listener !== undefined ? listenerOf(listener, model) : undefined;
    return found?.kind === 'named' && (found.place.life === 'process' || (found.place.life === 'call' && kind !== 'signal'));
  }

  return (added) => {
    const leak = leakOf(added);
    if (isGivenToCleanup(added.call, cleanupCalls)) return undefined;
    if (leak?.kind === 'injected' && typeof added.key === 'object' && isOwnerCaredFor(added.key, cleanupCalls, model)) return undefined;
    if (leak === undefined || isSignalled(added) || isSameEachTime(added, leak)) return undefined;
    if (isLazy(added.call, model.resolver) || isGuardedByCount(added.call, textOf)) return undefined;
    return isCaredForElsewhere(added, { byCall, callersOf, model }) ? undefined : leak;
  };
}
