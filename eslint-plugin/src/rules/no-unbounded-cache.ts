import type { Rule } from 'eslint';

import { guardSize } from '../fixes/size-guard.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { makeBoundedKeys } from '../model/bounded-keys.js';
import { collectionKind } from '../model/collections.js';
import { growthsOf, type Growth } from '../model/growth.js';
import { isNothing } from '../model/letting-go.js';
import { makeLifetimes } from '../model/lifetimes.js';
import { isLoadedOnce } from '../model/loaded-once.js';
import { endlessMemories } from '../model/memoizers.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import type { Place } from '../model/places.js';
import { propertyOf } from '../model/resolver.js';
import { isKeptSmall } from '../model/shrinking.js';
import { mentions, mentionsLike } from '../model/words.js';

interface Options {
  readonly checkExported?: boolean;
  readonly boundedKeys?: readonly string[];
  readonly names?: string;
  readonly memoizers?: readonly string[];
}

/** Fields of objects that remember; how long these objects live is not asked. */
const DEFAULT_NAMES = 'cache|memo|seen|pending|history|store|byId|registry';
/** What memoizers, caches of packages and decorators are called. */
const REMEMBERS = /memo|^mem$|^(lru|node)-cache$|^(cache|cached|cacheable)$/i;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require collections that outlive a request to lose entries too',
      recommended: 'warn',
      strict: 'error',
      url: new URL('./no-unbounded-cache.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      grows: "'{{ name }}' gains an entry per {{ per }} and nothing removes entries: memory grows until the process dies. Reached from {{ from }}. Bound it (LRU, TTL with max, WeakMap) or delete entries.",
      field: "'{{ name }}' gains an entry for each key it is asked for and nothing removes entries: memory grows with its keys. Bound it (LRU, TTL with max, WeakMap) or delete entries.",
      work: "'{{ name }}' keeps something of each piece of work when that is over (a timeout that has come, a promise that is settled) and nothing removes it: memory grows with each. Remove it then.",
      endless: '{{ what }} keeps an entry for each key and has no limit: memory grows until the process dies. Give it a maximum.',
      guard: 'Empty it when it is full.',
    },
    schema: [{
      type: 'object',
      properties: {
        checkExported: { type: 'boolean' },
        boundedKeys: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        names: { type: 'string' },
        memoizers: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      },
      additionalProperties: false,
    }],
  },
  create(context) {
    const { checkExported = false, boundedKeys = [], names = DEFAULT_NAMES, memoizers = [] } = (context.options[0] ?? {}) as Options;
    const { sourceCode } = context;
    const name = new RegExp(names, 'i');
    const mayRemember = memoizers.length > 0 || mentionsLike(sourceCode, REMEMBERS);
    // Without handlers only fields are reported, by their names, and what is kept of work.
    const mayBeField = mentions(sourceCode, ['class']) && mentionsLike(sourceCode, name);
    const mayBeWork = mentions(sourceCode, ['push', 'add', 'set']) && mentions(sourceCode, ['Promise', 'setTimeout']);
    if (!mayRemember && !mayBeField && !mayBeWork && !mayHaveHandlers(context)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        if (mayRemember) for (const { node, what } of endlessMemories(model, sourceCode, memoizers)) context.report({ node, messageId: 'endless', data: { what, per: 'call' } });
        if (mayBeField || mayBeWork || model.isReached) reportGrowths(model, context, { checkExported, boundedKeys, name });
      },
    };
  },
};

export default rule;

interface Limits {
  readonly checkExported: boolean;
  readonly boundedKeys: readonly string[];
  readonly name: RegExp;
}

/** Each place is reported once, where it grows first. */
function reportGrowths(model: FileModel, context: Rule.RuleContext, { checkExported, boundedKeys, name }: Limits): void {
  const lifetimes = makeLifetimes(model);
  const keys = makeBoundedKeys(model, context.sourceCode, boundedKeys);
  const growths = growthsOf(model, context.sourceCode);
  const reported = new Set<Place>();
  for (const growth of growths) {
    const { place, node } = growth;
    const reach = reported.has(place) ? undefined : lifetimes.outlivedBy(growth, name);
    if (reach === undefined) continue;
    const kind = collectionKind(place, model);
    if (kind === undefined || kind === 'fixed' || !fits(growth, kind, model)) continue;
    if (growth.key !== undefined && !growth.isInner && keys.isBounded(growth.key, place)) continue;
    if (isLoadedOnce(node, place, model) || (!checkExported && model.places.isExported(place))) continue;
    const ofPlace = growths.filter((each) => each.place === place);
    if (isKeptSmall(place, ofPlace, model) || (reach === 'by-work' && ofPlace.some(isEmptied))) continue;
    reported.add(place);
    // What is asked for is still awaited when it is full.
    const fix = reach === 'by-work' ? undefined : guardSize(growth, kind);
    context.report({
      node,
      messageId: reach === 'by-name' ? 'field' : reach === 'by-work' ? 'work' : 'grows',
      data: typeof reach === 'string' ? { name: place.name, per: 'call' } : { name: place.name, per: reach.scope, from: wayOf(reach) },
      suggest: fix === undefined ? [] : [{ messageId: 'guard', fix }],
    });
  }
}

/** `this.timers[key] = null` */
function isEmptied({ node }: Growth): boolean {
  return node.type === 'AssignmentExpression' && isNothing(node.right);
}

/** `push` on what is no array, and `+=` on what is no text, is something else. */
function fits({ node, key, isInner, place }: Growth, kind: string, { clientData, places }: FileModel): boolean {
  if (isInner) return kind !== 'text';
  if (node.type === 'CallExpression') return key === undefined ? kind === 'array' : kind === 'map' || kind === 'set';
  if (key === undefined) return kind === 'text' || kind === 'array';
  // Slots of a ring, and list[list.length] = x.
  const isEnd = key.type === 'MemberExpression' && propertyOf(key) === 'length' && places.of(key.object) === place;
  return kind === 'object' || (kind === 'array' && (isEnd || clientData.isEndless(key)));
}
