import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { ACQUISITIONS, type Acquisition } from '../data/acquisitions.js';
import { finallyRelease } from '../fixes/finally-release.js';
import { acquisitionOf } from '../model/acquired.js';
import { openExits, openExitsOf, type Exit } from '../model/exits.js';
import { settlementOf, type Settlement } from '../model/settlement.js';
import { settingsOrDefaults } from '../settings.js';
import type { FunctionNode } from '../cross-file/functions.js';
import { fileModel, functionAround, wayOf, type FileModel } from '../model/model.js';
import { mentions } from '../model/words.js';

const METHODS: ReadonlySet<string> = new Set(ACQUISITIONS.map(({ method }) => method));

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a client of a pool to be released on every way out',
      recommended: 'off',
      strict: 'error',
      url: new URL('./no-unreleased-client.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      unreleased: "This {{ what }} is not given back {{ when }}, and such are few: when all are out, everybody waits. Call {{ release }}() in finally.",
      release: 'Release it in finally.',
    },
    schema: [],
  },
  create(context) {
    if (!mentions(context.sourceCode, METHODS)) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          const acquisition = acquisitionOf(call, model);
          if (acquisition !== undefined) check(call, acquisition, { context, model });
        }
      },
    };
  },
};

export default rule;

interface Check {
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
}

function check(call: ESTree.SimpleCallExpression, acquisition: Acquisition, { context, model }: Check): void {
  if (functionAround(call) === undefined) return;
  const { cleanupMethods, cleanupCalls } = settingsOrDefaults(context.settings);
  const settlement = settlementOf(call, { ...acquisition, releases: [...acquisition.releases, ...cleanupMethods, ...cleanupCalls] }, model);
  if (settlement === undefined) return;
  // A name alone does not tell that there is anything to give back; that it is given back here does.
  const isProven = acquisition.path?.test(model.resolver.pathOf(call.callee) ?? '') === true;
  if (!isProven && settlement.settles.size === 0 && !settlement.isReleasedByThen) return;
  const exit = firstExit(call, settlement, context);
  if (exit === undefined) return;
  const reach = model.reachOf(call);
  const data = { what: acquisition.what, when: settlement.settles.size > 0 ? whenOf(exit) : settlement.isReleasedByThen ? 'when a promise before it is rejected' : 'at all', release: acquisition.releases[0] ?? 'release', per: reach?.scope ?? 'call', ...(reach !== undefined && { from: wayOf(reach) }) };
  const [release] = settlement.settles;
  const fix = release === undefined || settlement.callback !== undefined ? undefined : finallyRelease(call, release, context.sourceCode);
  context.report({ node: call, messageId: 'unreleased', data, ...(fix !== undefined && { suggest: [{ messageId: 'release', fix }] }) });
}

/** What ends the function first while it holds the client. */
function firstExit(call: ESTree.Node, { settles, guards, name, callback }: Settlement, { sourceCode }: Rule.RuleContext): Exit | undefined {
  const inner = callback === undefined ? undefined : callbackAround(settles, callback);
  // Of a callback in the callback, the error is no reason to have no client.
  if (inner !== undefined) return firstOf(openExitsOf(inner, { sourceCode, settles, guards: new Set([name]), awaitsThrow: false }));
  const question = { sourceCode, settles, guards, awaitsThrow: callback === undefined || callback.async === true };
  return firstOf(callback === undefined ? openExits(call, question) : openExitsOf(callback, question));
}

/** The callback of the work, `(error, rows) => …`, in which alone the client is given back. */
function callbackAround(settles: ReadonlySet<ESTree.Node>, callback: FunctionNode): FunctionNode | undefined {
  const [inner, ...others] = [...new Set([...settles].map(functionAround))];
  if (inner === undefined || inner === callback || others.length > 0) return undefined;
  const [error] = inner.params;
  return error?.type === 'Identifier' && /^e\d?$|err(or)?\d?$/i.test(error.name) ? inner : undefined;
}

function firstOf(exits: readonly Exit[]): Exit | undefined {
  const placeOf = ({ kind, node }: Exit): number => node.range?.[kind === 'end' ? 1 : 0] ?? 0;
  return exits.toSorted((one, other) => placeOf(one) - placeOf(other))[0];
}

function whenOf({ kind, node }: Exit): string {
  const line = String(node.loc?.start.line ?? 0);
  if (kind === 'end') return 'on every way to the end';
  if (kind === 'await') return `when what line ${line} awaits fails`;
  return kind === 'throw' ? `when line ${line} throws` : `when line ${line} returns`;
}
