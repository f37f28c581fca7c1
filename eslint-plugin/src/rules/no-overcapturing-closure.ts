import type { Rule } from 'eslint';

import { destructureParameter } from '../fixes/destructure-parameter.js';
import { hoistReads } from '../fixes/hoist-reads.js';
import { boundIn, capturesOf, closuresIn, type Capture, type CaptureGiven } from '../model/captures.js';
import { handingsIn, type Handing } from '../model/closure-holders.js';
import { keptParameters } from '../model/handler-factories.js';
import { requestKeptBy } from '../model/kept-by.js';
import { fileModel, wayOf } from '../model/model.js';
import { makeRequestObjects, mayHaveRequests } from '../model/request-objects.js';

interface Options {
  readonly minDelay?: number;
  readonly minBytes?: number;
  readonly names?: readonly string[];
}

const DEFAULT_NAMES = ['req', 'request', 'ctx', 'socket'];
const DEFAULT_DELAY_MS = 60_000;
const DEFAULT_BYTES = 2 ** 20;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow long-lived closures that keep a whole request, or something large, for a part of it',
      recommended: 'off',
      strict: 'error',
      url: new URL('./no-overcapturing-closure.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      captured: "'{{ name }}' ({{ what }}) is kept alive by {{ holder }}, because this function mentions it. Copy out what you need first. Reached from {{ from }}.",
      parameter: "The handler that is returned keeps all of '{{ name }}' alive and reads only {{ members }} of it. Destructure the parameter.",
      hoist: 'Read what it needs before.',
      destructure: 'Destructure the parameter.',
    },
    schema: [{
      type: 'object',
      properties: { minDelay: { type: 'number', minimum: 0 }, minBytes: { type: 'number', minimum: 0 }, names: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
      additionalProperties: false,
    }],
  },
  create(context) {
    const { minDelay = DEFAULT_DELAY_MS, minBytes = DEFAULT_BYTES, names = DEFAULT_NAMES } = (context.options[0] ?? {}) as Options;
    const { sourceCode } = context;
    if (!mayHaveRequests(context)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        if (!model.isReached) return;
        const given = { model, sourceCode, requests: makeRequestObjects(model, names), minBytes };
        const reported = new Set<object>();
        for (const handing of handingsIn({ model, sourceCode, minDelayMs: minDelay })) {
          if (reported.has(handing.node)) continue;
          const [captured] = keptBy(handing, given);
          if (captured === undefined) continue;
          reported.add(handing.node);
          const { name, what, fix } = captured;
          const { node, holder, reach } = handing;
          context.report({
            node, messageId: 'captured', data: { name, what, holder, per: reach.scope, from: wayOf(reach) },
            suggest: fix === undefined ? [] : [{ messageId: 'hoist', fix }],
          });
        }
        for (const kept of keptParameters(model)) {
          const { parameter, members } = kept;
          const fix = destructureParameter(kept, sourceCode);
          context.report({
            node: parameter, messageId: 'parameter', data: { name: parameter.name, members: members.map((member) => `'${member}'`).join(', '), per: 'call' },
            suggest: fix === undefined ? [] : [{ messageId: 'destructure', fix }],
          });
        }
      },
    };
  },
};

export default rule;

interface Captured extends Pick<Capture, 'name' | 'what'> {
  readonly fix: Rule.ReportFixer | undefined;
}

function keptBy({ value }: Handing, given: CaptureGiven): readonly Captured[] {
  const bound = boundIn(value).flatMap((each) => requestKeptBy(each, given.requests, given.model) ?? []);
  const ofBound = bound.map(({ object }) => ({ name: object.name, what: 'headers, socket, body', fix: undefined }));
  const ofClosures = closuresIn(value, given.model).flatMap((closure): readonly Captured[] => {
    const captures = capturesOf(closure, given);
    const isAllRead = captures.every(({ reads }) => reads.length > 0);
    return captures.map(({ name, what }) => ({ name, what, fix: isAllRead ? hoistReads(closure, captures.flatMap(({ reads }) => reads), given.sourceCode) : undefined }));
  });
  return [...ofBound, ...ofClosures];
}
