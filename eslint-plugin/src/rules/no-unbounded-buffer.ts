import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { limitBody } from '../fixes/limit-body.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { REQUEST_NAME } from '../handlers/tables.js';
import { accumulationsOf } from '../model/accumulation.js';
import { makeBodyBounds } from '../model/body-bounds.js';
import { looseLimits, wholeReads } from '../model/body-limits.js';
import { findBodyReaders } from '../model/body-readers.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import { makeRequestStreams } from '../model/request-streams.js';
import { propertyOf, unwrapped } from '../model/resolver.js';
import { bytesOf } from '../model/sizes.js';
import { mentions, mentionsLike } from '../model/words.js';

interface Options {
  readonly max?: string | number;
  readonly frameworks?: readonly string[];
  readonly requireBodyLimit?: boolean;
}

/** Above this, one request alone is felt by all others; contracts of public services end far below. */
const DEFAULT_MAX = '50mb';
/** What a client's stream is called, or what it is a part of that is called so. */
const STREAMS = ['req', '_req', 'request', '_request', 'incomingRequest', 'raw', 'body'];
const READING = ['on', 'addListener', 'prependListener', 'getReader', 'forEach', 'toArray', 'pipe', 'await', 'raw-body', 'get-stream', 'stream/consumers'];
const PARSES = /limit|multer|busboy|formidable|fileupload|maxBytes|maxBodySize|maxSize|maxPayload|maxHttpBufferSize|maxFileSize/i;
const WEB_METHODS = new Set(['json', 'text', 'arrayBuffer', 'formData', 'blob', 'bytes', 'parseBody']);

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a limit for what a client sends before it is kept in memory',
      recommended: 'error',
      strict: 'error',
      url: new URL('./no-unbounded-buffer.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      body: 'The request body is buffered without a limit: one client can use all memory. Count the bytes and stop, or use a parser with a limit.',
      socket: 'What comes over this connection is buffered without a limit: one client can use all memory. Count the bytes and close it, or take out what is complete.',
      limit: 'This accepts bodies of {{ size }}: some clients at once can use all {{ what }}. Set a limit that your requests need.',
      web: 'Nothing limits the body that is read here: one client can use all memory. Put a limit before it, such as bodyLimit() of hono/body-limit.',
      count: 'Count the bytes and stop at one megabyte.',
    },
    schema: [{
      type: 'object',
      properties: {
        max: { type: ['string', 'number'] },
        frameworks: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        requireBodyLimit: { type: 'boolean' },
      },
      additionalProperties: false,
    }],
  },
  create(context) {
    const { text } = context.sourceCode;
    const { max = DEFAULT_MAX, requireBodyLimit = false, frameworks } = (context.options[0] ?? {}) as Options;
    const [reads, parses] = [mayRead(context), mentionsLike(context.sourceCode, PARSES)];
    if (!reads && !parses) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        const maxBytes = typeof max === 'number' ? max : bytesOf(max);
        if (parses) {
          for (const { node, bytes, what } of looseLimits(model, maxBytes)) {
            if (isOf(node, frameworks, model)) context.report({ node, messageId: 'limit', data: { size: bytes === undefined ? 'any size' : `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`, what, per: 'request' } });
          }
        }
        if (reads) reportReads(model, context);
        if (requireBodyLimit && !/\bbodyLimit\b/.test(text)) for (const node of webReads(model)) context.report({ node, messageId: 'web', data: factsOf(node, model) });
      },
    };
  },
};

export default rule;

function mayRead(context: Rule.RuleContext): boolean {
  return mentions(context.sourceCode, READING) && (mentions(context.sourceCode, STREAMS) || mayHaveHandlers(context));
}

function reportReads(model: FileModel, context: Rule.RuleContext): void {
  const streams = makeRequestStreams(model);
  const bounds = makeBodyBounds(model, model.nodes.of('BinaryExpression'));
  for (const node of wholeReads(model, streams)) if (!bounds.isAnnounced(node)) context.report({ node, messageId: 'body', data: factsOf(node, model) });
  for (const reader of findBodyReaders(model, streams, context.sourceCode)) {
    const added = reader.chunks.flatMap((chunk) => accumulationsOf(chunk, model, context.sourceCode)).filter(({ place }) => bounds.outlives(place, reader));
    if (added.length === 0 || bounds.isBounded(reader, added)) continue;
    const fix = limitBody(reader, model, context.sourceCode);
    context.report({
      node: reader.node,
      messageId: reader.kind === 'request' ? 'body' : 'socket',
      data: { ...factsOf(reader.node, model), per: reader.kind },
      suggest: fix === undefined ? [] : [{ messageId: 'count', fix }],
    });
  }
}

function factsOf(node: ESTree.Node, model: FileModel): Record<string, string> {
  const reach = model.reachOf(node);
  return { per: reach?.scope ?? 'request', ...(reach !== undefined && { from: wayOf(reach) }) };
}

/** Whether a call is one of the frameworks that the options name; all are, if they name none. */
function isOf(node: ESTree.Node, frameworks: readonly string[] | undefined, { resolver }: FileModel): boolean {
  if (frameworks === undefined || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return true;
  const path = resolver.pathOf(node.callee)?.replace(/^new /, '').split('#')[0];
  return path === undefined || frameworks.includes(path);
}

/** `await c.req.json()`, `await request.text()` in handlers of Hono and of Next. `c.text()` of a context answers. */
function webReads(model: FileModel): readonly ESTree.Node[] {
  return model.nodes.of('CallExpression').filter(({ callee }) => {
    if (callee.type !== 'MemberExpression' || !WEB_METHODS.has(propertyOf(callee) ?? '')) return false;
    const owner = unwrapped(callee.object);
    const name = owner?.type === 'Identifier' ? owner.name : owner?.type === 'MemberExpression' ? propertyOf(owner) : undefined;
    return REQUEST_NAME.test(name ?? '') && model.reachOf(callee)?.scope === 'request';
  });
}
