import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { fileModel, wayOf, type FileModel } from '../model/model.js';
import { isAbandonedFile, isUnnamedStream } from '../model/abandoned-files.js';
import { chainOf, isOutermostPipe } from '../model/pipe-chains.js';
import { unwrapped } from '../model/resolver.js';
import { makeStreams, type Streams } from '../model/streams.js';
import { typeNamesOf } from '../model/type-names.js';
import { toPipeline } from '../fixes/to-pipeline.js';
import { mentions } from '../model/words.js';

const CONSEQUENCES = {
  error: 'its error ends the process, as nothing listens for it, and the other streams stay open',
  end: 'the other streams stay open and wait for ever, with all that they hold',
} as const;
const STREAM_TYPE_NAME = /^(Readable|Writable|Duplex|Stream|ReadableStream|WritableStream|ReadWriteStream|internal)$/;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require pipeline() instead of pipe() where nothing handles a failing stream',
      recommended: 'warn',
      strict: 'error',
      url: new URL('./prefer-pipeline.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      unhandled: 'pipe() does not forward errors or close its partners: if {{ stream }} fails, {{ consequence }}. Use pipeline().',
      abandoned: 'pipe() does not close its source: when the client leaves early, {{ stream }} stays open for ever, with its file descriptor. Use pipeline().',
      pipeline: 'Use pipeline().',
    },
    schema: [{
      type: 'object',
      properties: { requireHandler: { type: 'boolean' }, streamFactories: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
      additionalProperties: false,
    }],
  },
  create(context) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['pipe'])) return {};
    const { requireHandler = false, streamFactories = [] } = (context.options[0] ?? {}) as { readonly requireHandler?: boolean; readonly streamFactories?: readonly string[] };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        const pipes = model.nodes.of('CallExpression').filter(isOutermostPipe);
        if (pipes.length === 0) return;
        const streams = makeStreams(model, sourceCode, streamFactories);
        for (const pipe of pipes) {
          if (requireHandler && model.reachOf(pipe) === undefined) continue;
          const found = failingOf(pipe, streams, model) ?? abandonedOf(pipe, streams, model);
          if (found === undefined || isOfAnotherType(found.first, context)) continue;
          const reach = model.reachOf(pipe);
          const fix = toPipeline(pipe, model, sourceCode);
          const facts: Record<string, string> = {
            stream: nameOf(found.stage, context), ...(found.lack !== 'close' && { consequence: CONSEQUENCES[found.lack] }), per: reach?.scope ?? 'call', ...(reach !== undefined && { from: wayOf(reach) }),
          };
          context.report({ node: pipe, messageId: found.lack === 'close' ? 'abandoned' : 'unhandled', data: facts, ...(fix !== undefined && { suggest: [{ messageId: 'pipeline', fix }] }) });
        }
      },
    };
  },
};

export default rule;

interface Failing {
  readonly stage: ESTree.Node;
  readonly lack: keyof typeof CONSEQUENCES | 'close';
  readonly first: ESTree.Node;
}

/** The stage that fails worst: one that ends the process before one that leaves others waiting. */
function failingOf(pipe: ESTree.SimpleCallExpression, streams: Streams, model: FileModel): Failing | undefined {
  const stages = chainOf(pipe);
  const [first] = stages;
  const last = stages.at(-1);
  if (first === undefined || last === undefined || stages.some((stage) => stage.type === 'Super' || streams.isOther(stage))) return undefined;
  // A command that dies of an error has ended as it should; and these are never closed.
  const isTerminal = /^(global#|process#)(process\.)?std(out|err)$/.test(model.resolver.pathOf(last) ?? '');
  if (isTerminal && model.reachOf(pipe) === undefined) return undefined;
  if (stages.length === 2 && streams.isEcho(first, last)) return undefined;
  const lacks = stages.flatMap((stage): Failing[] => {
    const lack = streams.lackOf(stage);
    return lack === undefined ? [] : [{ stage, first, lack }];
  });
  if (lacks.length === 0 && stages.length === 2 && isUnnamedStream(first, last)) return { stage: first, first, lack: 'error' };
  return lacks.find(({ lack }) => lack === 'error') ?? lacks.find(({ lack, stage }) => lack === 'end' && stage !== last);
}

/** A file of which errors are heard, but which nothing closes with the response. */
function abandonedOf(pipe: ESTree.SimpleCallExpression, streams: Streams, model: FileModel): Failing | undefined {
  const stages = chainOf(pipe);
  const [first] = stages;
  const last = stages.at(-1);
  return first !== undefined && last !== undefined && first.type !== 'Super' && !streams.isOther(first) && isAbandonedFile(first, last, model) ? { stage: first, first, lack: 'close' } : undefined;
}

/** Types know better than names, if there are any. */
function isOfAnotherType(node: ESTree.Node, { sourceCode }: Rule.RuleContext): boolean {
  const names = typeNamesOf(node, sourceCode);
  return names !== undefined && ![...names].some((name) => STREAM_TYPE_NAME.test(name));
}

function nameOf(given: ESTree.Node, { sourceCode }: Rule.RuleContext): string {
  const stage = unwrapped(given) ?? given;
  if (stage.type === 'Identifier' || stage.type === 'MemberExpression') return `'${sourceCode.getText(stage).slice(0, 40)}'`;
  if (stage.type !== 'CallExpression' && stage.type !== 'NewExpression') return 'one of its streams';
  return `${stage.type === 'NewExpression' ? 'new ' : ''}${sourceCode.getText(stage.callee).slice(0, 40)}()`;
}
