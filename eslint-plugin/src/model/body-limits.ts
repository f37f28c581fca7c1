import type * as ESTree from 'estree';

import { CONSUMERS, COLLECTING_STREAMS, LIMIT_OPTIONS, LIMITS_OF_METHODS, type LimitOption } from '../data/body-limits.js';
import { HTTP_FRAMEWORKS } from '../handlers/tables.js';
import type { FileModel } from './model.js';
import { constantExpression, optionOf } from './options.js';
import type { RequestStreams } from './request-streams.js';
import { propertyOf, unwrapped, type Resolver } from './resolver.js';
import { sizeOf } from './sizes.js';

/** A parser that takes bodies of any size, or of a very large one. */
export interface LooseLimit {
  readonly node: ESTree.Node;
  /** Undefined where there is no limit. */
  readonly bytes?: number;
  /** What fills up. */
  readonly what: 'memory' | 'disk';
}

type AnyCall = ESTree.SimpleCallExpression | ESTree.NewExpression;

const APPLICATION_NAME = /^(_?app|server|fastify|instance|router)$/i;

/**
 * Calls of parsers and frameworks that let a client send more than it should.
 *
 * @param maxBytes what is large
 */
export function looseLimits({ nodes, resolver }: FileModel, maxBytes: number): readonly LooseLimit[] {
  return [...nodes.of('CallExpression'), ...nodes.of('NewExpression')].flatMap((call): readonly LooseLimit[] => {
    const path = call.type === 'NewExpression' ? resolver.pathOf(call) : resolver.pathOf(call.callee);
    const entries = path === undefined ? [] : LIMIT_OPTIONS.filter((entry) => entry.path.test(path));
    for (const entry of entries) {
      const found = looseOption(call, entry, resolver, maxBytes);
      if (found !== undefined) return [found];
    }
    if (entries.length > 0 || call.type === 'NewExpression' || call.callee.type !== 'MemberExpression') return [];
    return ofMethod(call, call.callee, resolver, maxBytes);
  });
}

function looseOption(call: AnyCall, { position, options, isUnlimitedWithout, unlimited }: LimitOption, resolver: Resolver, maxBytes: number): LooseLimit | undefined {
  const given = call.arguments[position];
  if (given?.type === 'SpreadElement') return undefined;
  for (const path of options) {
    const option = optionOf(given, path, resolver);
    if (option === 'unknown') continue;
    if (option !== 'absent') {
      const bytes = sizeOf(option, resolver);
      if (bytes !== undefined && (bytes > maxBytes || bytes === unlimited)) return { node: call, what: 'memory', ...(Number.isFinite(bytes) && bytes !== unlimited && { bytes }) };
    } else if (isUnlimitedWithout !== undefined) {
      const what = isUnlimitedWithout === 'always' ? 'memory' : uploadsGoTo(given, call, resolver);
      if (what !== undefined) return { node: call, what };
    }
  }
  return undefined;
}

/** multer keeps files in memory unless it is told where else; a storage of somebody else's may do anything. */
function uploadsGoTo(options: ESTree.Node | undefined, call: ESTree.Node, resolver: Resolver): LooseLimit['what'] | undefined {
  if (isForFieldsAlone(call)) return undefined;
  const [destination, storage, usesFiles] = [['dest'], ['storage'], ['useTempFiles']].map((path) => optionOf(options, path, resolver));
  if (storage === 'unknown' || destination === 'unknown' || usesFiles === 'unknown' || storage === undefined) return undefined;
  if (storage !== 'absent') {
    const path = resolver.pathOf(storage) ?? '';
    if (path.endsWith('memoryStorage()')) return 'memory';
    return path.endsWith('diskStorage()') ? 'disk' : undefined;
  }
  return destination === 'absent' && usesFiles === 'absent' ? 'memory' : 'disk';
}

/** `multer().none()` takes no files. */
function isForFieldsAlone(call: ESTree.Node): boolean {
  const { parent } = call as { readonly parent?: ESTree.Node };
  return parent?.type === 'MemberExpression' && propertyOf(parent) === 'none';
}

function ofMethod(call: ESTree.SimpleCallExpression, callee: ESTree.MemberExpression, resolver: Resolver, maxBytes: number): readonly LooseLimit[] {
  const method = propertyOf(callee) ?? '';
  const paths = Object.hasOwn(LIMITS_OF_METHODS, method) ? LIMITS_OF_METHODS[method] : undefined;
  if (paths === undefined || !isApplication(callee.object, resolver)) return [];
  for (const argument of call.arguments) {
    const options = constantExpression(argument, resolver);
    if (options?.type !== 'ObjectExpression') continue;
    for (const path of paths) {
      const option = optionOf(options, path, resolver);
      const bytes = typeof option === 'string' ? undefined : sizeOf(option, resolver);
      if (bytes !== undefined && bytes > maxBytes) return [{ node: call, what: 'memory', ...(Number.isFinite(bytes) && { bytes }) }];
    }
  }
  return [];
}

function isApplication(given: ESTree.Node, resolver: Resolver): boolean {
  const path = resolver.pathOf(given);
  if (path !== undefined && HTTP_FRAMEWORKS.has(path.replace(/^new /, '').split('#')[0] ?? '')) return true;
  if (/@nestjs\/core#NestFactory\.create\(\)$/.test(path ?? '')) return true;
  const node = unwrapped(given);
  const name = node?.type === 'Identifier' ? node.name : node?.type === 'MemberExpression' ? (propertyOf(node) ?? '') : '';
  return APPLICATION_NAME.test(name);
}

/** Calls that read a client's stream to its end: `await text(req)`, `getRawBody(req)`, `req.pipe(concat(…))`, `req.toArray()`. */
export function wholeReads({ nodes, resolver }: FileModel, streams: RequestStreams): readonly ESTree.Node[] {
  return nodes.of('CallExpression').filter(({ callee, arguments: [first, options] }) => {
    const path = resolver.pathOf(callee) ?? '';
    const consumer = CONSUMERS.find((each) => each.path.test(path));
    if (consumer !== undefined) return streams.of(first) === 'request' && (consumer.limit === undefined || optionOf(options, consumer.limit, resolver) === 'absent');
    if (callee.type !== 'MemberExpression' || callee.object.type === 'Super') return false;
    const method = propertyOf(callee);
    if (method === 'toArray') return streams.of(callee.object) === 'request';
    return method === 'pipe' && COLLECTING_STREAMS.test(resolver.pathOf(first) ?? '') && streams.of(callee.object) === 'request';
  });
}
