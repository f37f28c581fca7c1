import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { hoistDeclaration } from '../fixes/hoist-declaration.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { isLazy } from './lazy.js';
import { fileModel, wayOf } from './model.js';

/** Something that should be made once and not for each request. */
export interface Made {
  /** As the resolver gives it: `new worker_threads#Worker` for constructors, `child_process#fork` for functions. */
  readonly path: RegExp;
  /** Ends the sentence "… is made for every request". */
  readonly what: string;
  /** It counts only if a client chooses its first argument: others can be made once. */
  readonly isFromClient?: true;
  readonly cost: string;
  readonly costMs?: number;
  readonly costBytes?: number;
}

interface Options {
  readonly name: string;
  readonly description: string;
  readonly made: readonly Made[];
  /** A word that stands in every file with such a thing: others are not looked at. */
  readonly gate: RegExp;
  readonly recommended: 'error' | 'warn' | 'off';
  readonly message: string;
  /** Where it stands does not matter to it, so that a suggestion may move it. */
  readonly isMovable?: boolean;
}

/** A rule about things that a handler makes anew each time it runs. */
export function madeInHandlerRule({ name, description, made, gate, recommended, message, isMovable = false }: Options): Rule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description, recommended, strict: 'error', url: new URL(`../rules/${name}.md`, import.meta.url).href } as Rule.RuleMetaData['docs'],
      hasSuggestions: isMovable,
      messages: { made: message, hoist: 'Make it once, at the top of the module.' },
      schema: [{ type: 'object', properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
    },
    create(context) {
      if (!mayHaveHandlers(context) || !gate.test(context.sourceCode.text)) return {};
      const { allow = [] } = (context.options[0] ?? {}) as { readonly allow?: readonly string[] };
      return {
        'Program:exit'() {
          const model = fileModel(context);
          for (const node of [...model.nodes.of('NewExpression'), ...model.nodes.of('CallExpression'), ...model.nodes.of('TaggedTemplateExpression')]) {
            const path = model.resolver.pathOf(node.type === 'CallExpression' ? node.callee : node.type === 'NewExpression' ? node : node.tag);
            const found = path === undefined ? undefined : made.find((each) => each.path.test(path));
            if (path === undefined || found === undefined || callsWhatWasMade(node, path) || allow.includes(path.replace(/^.*#/, ''))) continue;
            const reach = model.reachOf(node);
            if (found.isFromClient === true && (node.type === 'TaggedTemplateExpression' || !model.clientData.isFromClient(node.arguments[0]))) continue;
            if (reach === undefined || reach.isFirstTimeOnly === true || isLazy(node, model.resolver)) continue;
            const { what, cost, costMs, costBytes } = found;
            // Numbers are for hcnode-lint, which hears of reports with their data; ESLint's type knows of texts only.
            const facts: Record<string, string | number> = {
              what, cost, from: wayOf(reach), per: reach.scope, ...(costMs !== undefined && { costMs }), ...(costBytes !== undefined && { costBytes }),
            };
            const fix = isMovable ? hoistDeclaration(node, context.sourceCode) : undefined;
            context.report({ node, messageId: 'made', data: facts, suggest: fix === undefined ? [] : [{ messageId: 'hoist', fix }] });
          }
        },
      };
    },
  };
}

/** `fn()` of `const fn = new Function()`: that was made elsewhere. */
const callsWhatWasMade = (node: ESTree.Node, path: string): boolean => node.type === 'CallExpression' && node.callee.type !== 'MemberExpression' && path.startsWith('new ');
