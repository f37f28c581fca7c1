import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { REQUEST_NAME } from '../data/client-data.js';
import { HTTP_CLIENTS, LISTENING_METHODS } from '../data/streams.js';
import type { FileModel } from './model.js';
import { makeOrigins } from './origins.js';
import type { Need } from './stream-care.js';
import { propertyOf, unwrapped } from './resolver.js';

/** What is known of the parameters of a function because of who calls it. */
export interface Called {
  readonly position: number;
  /** It is a stream that needs this. */
  readonly need?: Need;
  /** Or it is what these expressions give: `axios.get(url).then((answer) => …)`. */
  readonly from?: ESTree.Node;
}

/** Functions that are called with a stream: the answer of `http.get`, the socket of a server, a file of busboy. */
export function streamCallbacks({ nodes, functions, targets, resolver, handlers }: FileModel): ReadonlyMap<object, Called> {
  const found = new Map<object, Called>();
  const origins = makeOrigins(resolver, () => []);
  const mark = (value: ESTree.Node | undefined, called: Called): void => {
    const node = unwrapped(value);
    const ordinals = node === undefined || !['Identifier', 'MemberExpression', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type) ? [] : targets.of(node);
    for (const ordinal of ordinals) {
      const target = typeof ordinal === 'number' ? functions.list[ordinal] : undefined;
      if (target !== undefined && !found.has(target)) found.set(target, called);
    }
  };
  for (const call of nodes.of('CallExpression')) {
    const callee = unwrapped(call.callee);
    if (callee?.type !== 'MemberExpression') continue;
    const method = propertyOf(callee) ?? '';
    const [first, second] = call.arguments;
    if (method === 'then') mark(first, { position: 0, from: callee.object });
    else if (LISTENING_METHODS.has(method) && first?.type === 'Literal') markListener(first.value, second, [...origins.pathsOf(callee.object), nameOf(callee.object)], mark);
    else if ((method === 'get' || method === 'request') && isClient(callee.object, origins.pathsOf(callee))) mark(call.arguments.at(-1), { position: 0, need: 'end' });
  }
  for (const { node, reason } of handlers) if (isFunction(node) && /^(net|tls)#/.test(reason)) found.set(node, { position: 0, need: 'error' });
  return found;
}

/** `http.get`, also of what was chosen from `http` and `https`; by its name where it came as a parameter. */
function isClient(object: ESTree.Node, paths: readonly string[]): boolean {
  return paths.length > 0 ? paths.some((path) => HTTP_CLIENTS.test(path)) : /^(https?|httpClient|protocol|transport)$/i.test(nameOf(object));
}

function markListener(event: unknown, listener: ESTree.Node | undefined, emitters: readonly string[], mark: (value: ESTree.Node | undefined, called: Called) => void): void {
  const isOf = (emitter: RegExp): boolean => emitters.some((each) => emitter.test(each));
  if (event === 'response' && isOf(/^(https?#|got#|request#|follow-redirects#)|req/i)) mark(listener, { position: 0, need: 'end' });
  if (event === 'file' && isOf(/busboy|^bb$/i)) mark(listener, { position: 1, need: 'end' });
  if ((event === 'connection' || event === 'secureConnection') && isOf(/^(new )?(net|tls)#/)) mark(listener, { position: 0, need: 'error' });
}

const nameOf = (node: ESTree.Node): string => (node.type === 'Identifier' ? node.name : '');

/** Whether a name is that of a handler's request, or a member the raw one of it: `req`, `ctx.req`, `request.raw`. */
export function isRequest(given: ESTree.Node, { resolver, handlers }: FileModel): boolean {
  const node = unwrapped(given);
  if (node?.type === 'MemberExpression') {
    const object = unwrapped(node.object);
    const name = propertyOf(node) ?? '';
    if (object?.type === 'MemberExpression') return name === 'raw' && propertyOf(object) === 'request';
    return (name === 'req' || name === 'raw') && object?.type === 'Identifier' && (/^(_?req|request|ctx|context)$/.test(object.name) || isFirstOfHandler(object, { resolver, handlers }));
  }
  if (node?.type !== 'Identifier') return false;
  const definition = resolver.variableOf(node)?.defs[0];
  if (definition?.type !== 'Parameter') return false;
  if (REQUEST_NAME.test(node.name)) return node.name !== 'ctx';
  const handler = handlers.find((each) => each.node === definition.node);
  if (handler?.scope !== 'request' || /^@|#c|koa|hono|eventhandler|export/i.test(handler.reason)) return false;
  const { params } = definition.node;
  const first = params.length === 4 ? params[1] : params[0];
  return params.length > 1 && first?.type === 'Identifier' && first.name === node.name;
}

function isFirstOfHandler(name: ESTree.Identifier, { resolver, handlers }: Pick<FileModel, 'resolver' | 'handlers'>): boolean {
  const definition = resolver.variableOf(name)?.defs[0];
  if (definition?.type !== 'Parameter' || definition.node.params[0] !== definition.name) return false;
  return handlers.some(({ node, scope }) => node === definition.node && scope === 'request');
}
