import type { Rule } from 'eslint';

import { requestKeptBy } from '../model/kept-by.js';
import { mayLetGo } from '../model/letting-go.js';
import { fileModel, wayOf } from '../model/model.js';
import type { Place } from '../model/places.js';
import { outlivedBy } from '../model/request-holders.js';
import { hasRequests, makeRequestObjects, mayHaveRequests } from '../model/request-objects.js';
import { storesOf } from '../model/stores.js';

interface Options {
  readonly names?: readonly string[];
}

const DEFAULT_NAMES = ['req', 'request', 'ctx', 'socket'];

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow keeping requests, responses and sockets for longer than they last',
      recommended: 'error',
      strict: 'error',
      url: new URL('./no-retained-request.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: {
      retained: "'{{ name }}' (headers, socket, body) is kept alive by '{{ holder }}', which nothing takes it out of. Copy out what you need first, or remove it when the connection closes. Reached from {{ from }}.",
    },
    schema: [{ type: 'object', properties: { names: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
  },
  create(context) {
    const { names = DEFAULT_NAMES } = (context.options[0] ?? {}) as Options;
    if (!mayHaveRequests(context)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        if (!hasRequests(model)) return;
        const stores = storesOf(model, context.sourceCode);
        const requests = makeRequestObjects(model, names);
        const reported = new Set<Place>();
        for (const store of stores) {
          if (reported.has(store.place)) continue;
          for (const value of store.values) {
            const kept = requestKeptBy(value, requests, model);
            const reach = kept && outlivedBy(store, kept.object.reach, model);
            if (kept === undefined || reach === undefined || mayLetGo(store, stores, model, (other) => requestKeptBy(other, requests, model) !== undefined)) continue;
            reported.add(store.place);
            context.report({ node: store.node, messageId: 'retained', data: { name: kept.object.name, holder: store.place.name, per: reach.scope, from: wayOf(reach) } });
            break;
          }
        }
      },
    };
  },
};

export default rule;
