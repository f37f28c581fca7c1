import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { cancelBody } from '../fixes/cancel-body.js';
import { openExits, openExitsOf, type Exit } from '../model/exits.js';
import { fileModel, functionAround, wayOf, type FileModel } from '../model/model.js';
import { responseBody, type ResponseBody } from '../model/response-bodies.js';
import { mentions } from '../model/words.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the body of a response to be read or cancelled on every way out',
      recommended: 'off',
      strict: 'warn',
      url: new URL('./no-unread-response-body.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      unread: 'The body of this response is not read {{ when }}: its connection is not used again, and its memory kept, until it happens to be collected. Read it, or cancel it.',
      cancel: 'Cancel it there.',
    },
    schema: [],
  },
  create(context) {
    const usesNode = mentions(context.sourceCode, ['http', 'https']) && mentions(context.sourceCode, ['get', 'request']);
    if (!usesNode && !mentions(context.sourceCode, ['fetch', 'undici', 'node-fetch', 'cross-fetch'])) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          const response = responseBody(call, model);
          if (response !== undefined) check(call, response, context, model);
        }
      },
    };
  },
};

export default rule;

function check(call: ESTree.SimpleCallExpression, response: ResponseBody, context: Rule.RuleContext, model: FileModel): void {
  const { name, settles } = response;
  const exit = name === undefined ? undefined : firstExit(call, response, context);
  if (name !== undefined && exit === undefined) return;
  const when = exit === undefined || settles.size === 0 ? 'at all' : whenOf(exit);
  const reach = model.reachOf(call);
  const data = { when, per: reach?.scope ?? 'call', ...(reach !== undefined && { from: wayOf(reach) }) };
  const fix = exit === undefined || exit.kind === 'end' || name === undefined ? undefined : cancelBody(response.discard, exit.node, context.sourceCode);
  context.report({ node: call, messageId: 'unread', data, ...(fix !== undefined && { suggest: [{ messageId: 'cancel', fix }] }) });
}

function firstExit(call: ESTree.Node, { name = '', settles, callback }: ResponseBody, { sourceCode }: Rule.RuleContext): Exit | undefined {
  const question = { sourceCode, settles, guards: new Set([name]), awaitsThrow: false };
  const exits = (callback === undefined ? openExits(call, question) : openExitsOf(callback, question)).filter(({ node }) => !hasNoBody(node, sourceCode));
  // At the top of a file it happens once: only what is seen to leave early counts.
  const counted = functionAround(call) === undefined ? exits.filter(({ kind }) => kind !== 'end') : exits;
  const placeOf = ({ kind, node }: Exit): number => node.range?.[kind === 'end' ? 1 : 0] ?? 0;
  return counted.toSorted((one, other) => placeOf(one) - placeOf(other))[0];
}

/** `if (response.status === 204) return;` */
function hasNoBody(exit: ESTree.Node, sourceCode: Rule.RuleContext['sourceCode']): boolean {
  let { parent } = exit as Parented;
  if (parent?.type === 'BlockStatement') ({ parent } = parent);
  return parent?.type === 'IfStatement' && /\b(204|205|304)\b/.test(sourceCode.getText(parent.test));
}

function whenOf({ kind, node }: Exit): string {
  const line = String(node.loc?.start.line ?? 0);
  if (kind === 'end') return 'on every way to the end';
  return kind === 'throw' ? `when line ${line} throws` : `when line ${line} returns`;
}
