import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { SIGNAL_NAME } from '../data/emitters.js';
import { makeCallers } from '../model/callers.js';
import { makeEmitterLives } from '../model/emitter-life.js';
import { isLazy } from '../model/lazy.js';
import { listenerOf } from '../model/listener-identity.js';
import { makeListenerRemovals } from '../model/listener-removals.js';
import { isCaredForElsewhere, isGuardedByCount } from '../model/listener-uses.js';
import { fileModel, wayOf, type FileModel, type Reach } from '../model/model.js';
import { optionOf } from '../model/options.js';
import { registrationsOf, type Registration } from '../model/registrations.js';

interface Options {
  readonly abortSignals?: boolean;
  readonly once?: 'ignore' | 'report';
  readonly emitterMethods?: readonly string[];
}

/** Measured with Node 20: an abort listener of a signal, beside what it closes over. */
const BYTES_PER_LISTENER = 192;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require listeners added to what outlives a request to be removed',
      recommended: 'error',
      url: new URL('./no-leaked-listener.md', import.meta.url).href,
    },
    messages: {
      leaked: "A listener for '{{ event }}' is added to '{{ target }}' on every {{ per }} and never removed: it and all that it closes over stay in memory. Reached from {{ from }}. Remove it when the {{ per }} is over.",
      noop: "The listener for '{{ event }}' stays: its removal at line {{ line }} removes nothing, because {{ reason }}.",
    },
    schema: [{
      type: 'object',
      properties: {
        abortSignals: { type: 'boolean' },
        once: { enum: ['ignore', 'report'] },
        emitterMethods: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      },
      additionalProperties: false,
    }],
  },
  create(context) {
    const { abortSignals = true, once = 'ignore', emitterMethods = [] } = (context.options[0] ?? {}) as Options;
    if (!/\b(on|once|prepend(Once)?Listener|add(Event)?Listener)\b/.test(context.sourceCode.text) && emitterMethods.length === 0) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        const textOf = (node: ESTree.Node): string => context.sourceCode.getText(node);
        const registrations = registrationsOf(model, textOf, emitterMethods);
        const removals = makeListenerRemovals(registrations, model);
        const leakOf = makeLeaks(registrations, model, textOf);
        for (const added of registrations) {
          if (added.kind !== 'add' && !(added.kind === 'once' && once === 'report')) continue;
          const removal = removals.of(added);
          if (removal.kind === 'removed') continue;
          const event = nameOfEvent(added, textOf);
          if (removal.kind === 'noop') {
            const data = { event, line: String(removal.by.call.loc?.start.line ?? 0), reason: removal.reason, per: model.reachOf(added.call)?.scope ?? 'call', costBytes: BYTES_PER_LISTENER };
            context.report({ node: added.call, messageId: 'noop', data });
            continue;
          }
          const reach = !abortSignals && added.event === 'abort' ? undefined : leakOf(added);
          if (reach !== undefined) context.report({ node: added.call, messageId: 'leaked', data: { event, target: textOf(added.emitter), per: reach.scope, from: wayOf(reach), costBytes: BYTES_PER_LISTENER } });
        }
      },
    };
  },
};

export default rule;

/** How a handler comes to add a listener that nothing removes; undefined where that is not known. */
function makeLeaks(registrations: readonly Registration[], model: FileModel, textOf: (node: ESTree.Node) => string): (added: Registration) => Reach | undefined {
  const byCall = new Map<object, Registration>(registrations.map((each) => [each.call, each]));
  const lives = makeEmitterLives(model, makeCallers(model.functions, model.targets));
  return (added) => {
    const { call, key } = added;
    const reach = model.reachOf(call);
    if (reach === undefined || typeof key !== 'object' || !lives.outlives(key, call)) return undefined;
    if (isSignalled(added) || isSameEachTime(added) || isLazy(call, model.resolver) || isGuardedByCount(call, textOf)) return undefined;
    return isCaredForElsewhere(added, byCall, model) ? undefined : reach;
  };

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
  function isSameEachTime({ method, listener }: Registration): boolean {
    const found = method === 'addEventListener' && listener !== undefined ? listenerOf(listener, model) : undefined;
    return found?.kind === 'named' && (found.place.life === 'process' || found.place.life === 'call');
  }
}

function nameOfEvent({ event, eventNode }: Registration, textOf: (node: ESTree.Node) => string): string {
  return typeof event === 'string' ? event : eventNode === undefined ? '' : textOf(eventNode);
}
