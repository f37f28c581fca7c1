import type { Rule } from 'eslint';

import { removeListener } from '../fixes/remove-listener.js';
import { ADD_METHODS, EXIT_MODULES, LAST_EVENTS, ONCE_METHODS } from '../data/emitters.js';
import { exitHooks } from '../model/exit-hooks.js';
import { makeListenerLeaks, type ListenerLeak } from '../model/listener-leaks.js';
import { makeListenerRemovals, type Removal } from '../model/listener-removals.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import { pooledSocketReach } from '../model/pooled-sockets.js';
import { racedListeners } from '../model/raced-listeners.js';
import { registrationsOf, type Registration } from '../model/registrations.js';
import { waitedBeside } from '../model/repeated-listeners.js';
import { waitLeak } from '../model/wait-leaks.js';
import { mentions } from '../model/words.js';

const ADDING = [...ADD_METHODS, ...ONCE_METHODS, ...EXIT_MODULES];

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
      strictOptions: { once: 'report' },
      url: new URL('./no-leaked-listener.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      leaked: "A listener for '{{ event }}' is added to '{{ target }}' on every {{ per }} and never removed: it and all that it closes over stay in memory. Reached from {{ from }}. Remove it when the {{ per }} is over.",
      injected: "The listener for '{{ event }}' on '{{ target }}', which '{{ owner }}' was given, is not removed by {{ cleanup }}(): the emitter keeps the object in memory. Remove it there.",
      remove: 'Remove it {{ when }}.',
      signal: "This listener stays on '{{ target }}', which {{ owner }}() was given, when the work is done that it would end: a signal that others use too keeps it, and all that it closes over, in memory (192 bytes and that). Remove it when the work is done.",
      work: "Each call of {{ owner }}() leaves this listener for '{{ event }}' on '{{ target }}', which is there for all calls: it keeps what the call made in memory. Remove it when that is over.",
      event: "Each '{{ other }}' adds this listener for '{{ event }}' to '{{ target }}' once more. Add it beside the other, or with once().",
      wait: "Each wait for '{{ other }}' leaves this listener for '{{ event }}' on '{{ target }}': once() removes it only when its own event comes. Remove it when the wait is over.",
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
    const { sourceCode } = context;
    const timesSockets = mentions(sourceCode, ['setTimeout']) && mentions(sourceCode, ['socket', 'connection']);
    if (!timesSockets && !mentions(sourceCode, ADDING) && !mentions(sourceCode, emitterMethods)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const hook of exitHooks(model)) context.report({ node: hook.call, messageId: 'leaked', data: { event: 'exit', target: hook.name, per: hook.reach.scope, from: wayOf(hook.reach), costBytes: BYTES_PER_LISTENER } });
        const registrations = registrationsOf(model, sourceCode, emitterMethods);
        for (const { node, emitter, event, other } of mentions(sourceCode, ['race']) ? racedListeners(registrations, model) : []) context.report({ node, messageId: 'wait', data: { event, target: sourceCode.getText(emitter), other, costBytes: BYTES_PER_LISTENER } });
        const removals = makeListenerRemovals(registrations, model);
        const leakOf = makeListenerLeaks(registrations, model, context);
        for (const added of registrations) {
          if (added.kind !== 'add' && added.kind !== 'once') continue;
          const removal = removals.of(added);
          // A removal on one way of a promise is none for its others.
          const isLeft = waitLeak(added, registrations, model) !== undefined;
          if (removal.kind === 'removed' && !isLeft) continue;
          // A request that is done does not take it off the socket that the next one gets.
          const goesItself = added.kind === 'once' && once === 'ignore' && !isLeft && !isLast(added) && pooledSocketReach(added, model) === undefined && waitedBeside(added, registrations, model) === undefined;
          if (removal.kind === 'noop' && !goesItself) reportNoop(added, removal, { context, model });
          else if (!goesItself && (abortSignals || added.event !== 'abort')) reportLeak(added, leakOf(added), { context, model });
        }
      },
    };
  },
};

export default rule;

/** Whether its event comes when all is over: until then, `once()` keeps it as `on()` does. */
function isLast({ event }: Registration): boolean {
  return typeof event === 'string' && LAST_EVENTS.test(event);
}

interface Report {
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
}

function reportNoop(added: Registration, { by, reason }: Extract<Removal, { readonly kind: 'noop' }>, { context, model }: Report): void {
  const data: Data = { event: nameOfEvent(added, context), line: String(by.call.loc?.start.line ?? 0), reason, per: model.reachOf(added.call)?.scope ?? 'call', costBytes: BYTES_PER_LISTENER };
  context.report({ node: added.call, messageId: 'noop', data });
}

function reportLeak(added: Registration, leak: ListenerLeak | undefined, { context, model }: Report): void {
  if (leak === undefined) return;
  const about: Data = { event: nameOfEvent(added, context), target: context.sourceCode.getText(added.emitter), costBytes: BYTES_PER_LISTENER };
  const data: Data = { ...about, ...detailsOf(leak) };
  const removal = removeListener(added, leak, context, model);
  const suggest = removal === undefined ? [] : [{ messageId: 'remove', data: { when: removal.when }, fix: removal.fix }];
  context.report({ node: added.call, messageId: leak.kind === 'reached' ? 'leaked' : leak.kind === 'repeated' ? leak.by : leak.kind, data, suggest });
}

type Data = Record<string, string | number>;

function detailsOf(leak: ListenerLeak): Data {
  switch (leak.kind) {
    case 'reached':
      return { per: leak.reach.scope, from: wayOf(leak.reach) };
    case 'repeated':
      return { per: leak.by, other: leak.other };
    case 'signal':
    case 'work':
      return { per: 'call', owner: leak.functionName };
    case 'injected':
      return { per: 'instance', owner: leak.className, cleanup: leak.cleanupName === '@@dispose' ? '[Symbol.dispose]' : leak.cleanupName };
  }
}

function nameOfEvent({ event, eventNode }: Registration, { sourceCode }: Rule.RuleContext): string {
  return typeof event === 'string' ? event : eventNode === undefined ? '' : sourceCode.getText(eventNode);
}
