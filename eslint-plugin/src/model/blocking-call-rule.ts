import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { type BlockingCall, MIN_BYTES } from '../data/blocking-calls.js';
import { awaitInstead } from '../fixes/await-instead.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { constantOf } from './constant.js';
import { isLazy } from './lazy.js';
import { fileModel, wayOf } from './model.js';
import { isAssignedOnce, unwrapped, type Resolver } from './resolver.js';

interface Options {
  readonly name: string;
  readonly description: string;
  readonly calls: readonly BlockingCall[];
  /** A word that stands in every file with such a call: others are not looked at. */
  readonly gate: RegExp;
  readonly recommended: 'error' | 'warn';
  /** What to do instead. */
  readonly instead: string;
}

/** A rule about calls that block the event loop where a handler reaches them. */
export function blockingCallRule({ name, description, calls, gate, recommended, instead }: Options): Rule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description, recommended, strict: 'error', url: new URL(`../rules/${name}.md`, import.meta.url).href } as Rule.RuleMetaData['docs'],
      hasSuggestions: true,
      messages: {
        blocks: "'{{ name }}' blocks the event loop for every client while it runs ({{ cost }}). Reached from {{ from }}. {{ instead }}",
        awaits: "Await '{{ name }}' instead.",
      },
      schema: [{ type: 'object', properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
    },
    create(context) {
      if (!mayHaveHandlers(context) || !gate.test(context.sourceCode.text) || isWorkerThread(context.sourceCode.text)) return {};
      const { allow = [] } = (context.options[0] ?? {}) as { readonly allow?: readonly string[] };
      return {
        'Program:exit'() {
          const model = fileModel(context);
          for (const call of model.nodes.of('CallExpression')) {
            const path = model.resolver.pathOf(call.callee);
            if (path === undefined) continue;
            const found = calls.find((each) => each.path.test(path) && blocks(call, each, model.resolver));
            const called = path.slice(path.indexOf('#') + 1);
            if (found === undefined || allow.includes(called)) continue;
            const reach = model.reachOf(call);
            if (reach === undefined || reach.isFirstTimeOnly === true || isLazy(call, model.resolver)) continue;
            const { cost, costMs } = found;
            // Numbers are for hcnode-lint, which hears of reports with their data; ESLint's type knows of texts only.
            const facts: Record<string, string | number> = { name: called, cost, from: wayOf(reach), instead, per: reach.scope, ...(costMs !== undefined && { costMs }) };
            const fix = awaitInstead(call, path, model, context.sourceCode);
            context.report({ node: call, messageId: 'blocks', data: facts, ...(fix !== undefined && { suggest: [{ messageId: 'awaits', data: { name: fix.name }, fix: fix.fix }] }) });
          }
        },
      };
    },
  };
}

function blocks({ arguments: given }: ESTree.SimpleCallExpression, { maxArguments, sizeAt }: BlockingCall, resolver: Resolver): boolean {
  if (maxArguments !== undefined && given.length > maxArguments) return false;
  return sizeAt === undefined || (sizeOf(given[sizeAt], resolver) ?? 0) >= MIN_BYTES;
}

const ALLOCATES = /^((global#|buffer#)Buffer\.alloc(Unsafe|UnsafeSlow)?\(\)|new global#(Uint8Array|ArrayBuffer))$/;

/** A number of bytes, or that of a buffer which is made here. */
function sizeOf(given: object | undefined, resolver: Resolver): number | undefined {
  const size = constantOf(given, resolver);
  if (size !== undefined) return size;
  let node = unwrapped(given);
  if (node?.type === 'Identifier') {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    node = variable !== undefined && definition?.type === 'Variable' && isAssignedOnce(variable) ? unwrapped(definition.node.init) : undefined;
  }
  if (node?.type !== 'CallExpression' && node?.type !== 'NewExpression') return undefined;
  return ALLOCATES.test(resolver.pathOf(node) ?? '') ? constantOf(node.arguments[0], resolver) : undefined;
}

/** A file that runs in a thread of its own blocks nobody. */
function isWorkerThread(text: string): boolean {
  return text.includes('worker_threads') && /\b(parentPort|isMainThread)\b/.test(text);
}
