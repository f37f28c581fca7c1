import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { MarkedHandler } from '../cross-file/summary.js';
import { PASSING_STREAMS } from '../data/body-limits.js';
import { lazily } from './lazily.js';
import type { FileModel } from './model.js';
import { destructuredPath, isAssignedOnce, propertyOf, unwrapped } from './resolver.js';

/** Which expressions are streams that a client fills. */
export interface RequestStreams {
  /** `request` for bodies, `connection` for sockets. */
  readonly of: (node: object | null | undefined) => 'request' | 'connection' | undefined;
}

type Kind = ReturnType<RequestStreams['of']>;
type Parented = ESTree.Node & { readonly parent?: ESTree.Node | null };

const MAX_STEPS = 8;
const REQUEST_NAME = /^_?(req|request|incomingRequest)$/;
const CONTEXT_NAME = /^_?(c|ctx|context|event|evt|req|request)$/;
const ANSWER_NAME = /^_?(res|resp|response|reply)$/;
/** Members of contexts and requests of frameworks that are streams: `ctx.req`, `request.raw`, `event.node.req`, `request.body`. */
const STREAM_MEMBERS = /^(req|raw|body|node\.req|request\.req|req\.raw|request\.raw|req\.raw\.body|req\.body|raw\.body|request\.body)$/;
/** Methods that return the stream that they are called on, or another view of it. */
const SAME_STREAM = new Set(['on', 'once', 'addListener', 'prependListener', 'setEncoding', 'resume', 'iterator', 'getReader', 'pipeThrough', 'values']);

export function makeRequestStreams(model: FileModel): RequestStreams {
  const { resolver, places, callersOf, nodes } = model;
  const handlers = lazily(() => new Map<object, MarkedHandler>(model.handlers.map((handler) => [handler.node, handler])));
  let pipes: ReadonlyMap<object, readonly ESTree.Node[]> | undefined;

  function of(given: object | null | undefined, steps = 0): Kind {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return undefined;
    if (node.type === 'Identifier') return ofName(node, steps + 1);
    if (node.type === 'MemberExpression') return ofMember(node);
    if (node.type === 'AwaitExpression') return of(node.argument, steps + 1);
    return node.type === 'CallExpression' ? ofCall(node, steps + 1) : undefined;
  }

  function ofCall({ callee, arguments: given }: ESTree.SimpleCallExpression, steps: number): Kind {
    const [first] = given;
    if (/^(stream#Readable\.(from|fromWeb)|events#on)$/.test(resolver.pathOf(callee) ?? '')) return of(first, steps);
    if (callee.type !== 'MemberExpression') return undefined;
    const method = propertyOf(callee) ?? '';
    if (method === 'pipe') return PASSING_STREAMS.test(resolver.pathOf(first) ?? '') ? of(callee.object, steps) : undefined;
    return SAME_STREAM.has(method) ? of(callee.object, steps) : undefined;
  }

  function ofName(node: ESTree.Identifier, steps: number): Kind {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return undefined;
    if (definition.type === 'Parameter') return ofParameter(definition.node, node.name, steps);
    if (definition.type !== 'Variable' || !isAssignedOnce(variable)) return undefined;
    const { id, init } = definition.node;
    if (id.type === 'Identifier') return of(init, steps) ?? (PASSING_STREAMS.test(resolver.pathOf(init) ?? '') ? ofPiped(node, steps) : undefined);
    const path = destructuredPath(id, node.name);
    return path !== undefined && STREAM_MEMBERS.test(path) && isContext(init) ? 'request' : undefined;
  }

  /** What is piped into a stream of the file that passes everything on. */
  function ofPiped(node: ESTree.Identifier, steps: number): Kind {
    pipes ??= pipedInto();
    const place = places.of(node);
    for (const source of (place && pipes.get(place)) ?? []) {
      const kind = of(source, steps);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }

  function pipedInto(): ReadonlyMap<object, readonly ESTree.Node[]> {
    const found = new Map<object, ESTree.Node[]>();
    const note = (source: ESTree.Node | undefined, target: ESTree.Node | undefined): void => {
      const place = places.of(target);
      if (source !== undefined && place !== undefined) found.set(place, [...(found.get(place) ?? []), source]);
    };
    for (const { callee, arguments: given } of nodes.of('CallExpression')) {
      if (callee.type === 'MemberExpression' && propertyOf(callee) === 'pipe' && callee.object.type !== 'Super') note(callee.object, given[0]);
      if (/^stream(\/promises)?#pipeline$/.test(resolver.pathOf(callee) ?? '')) given.forEach((target, position) => { note(given[position - 1], target); });
    }
    return found;
  }

  function ofParameter(owner: FunctionNode, name: string, steps: number): Kind {
    const position = owner.params.findIndex((parameter) => {
      const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      return pattern.type === 'Identifier' ? pattern.name === name : destructuredPath(pattern, name) !== undefined;
    });
    const pattern = owner.params[position];
    if (pattern === undefined) return undefined;
    const handler = handlers().get(owner);
    if (pattern.type === 'ObjectPattern') return handler?.scope === 'request' && STREAM_MEMBERS.test(destructuredPath(pattern, name) ?? '') ? 'request' : undefined;
    if (REQUEST_NAME.test(name)) return 'request';
    if (handler !== undefined && isStreamPosition(handler.reason, position, owner)) return handler.scope === 'connection' ? 'connection' : ANSWER_NAME.test(name) || handler.scope !== 'request' ? undefined : 'request';
    return ofPipelineStep(owner, position, steps) ?? callersOf(owner).map((call) => of(call.arguments[position], steps)).find((kind) => kind !== undefined);
  }

  /** `pipeline(req, async (source) => …)`. */
  function ofPipelineStep(owner: FunctionNode, position: number, steps: number): Kind {
    const call = (owner as Parented).parent;
    if (position !== 0 || call?.type !== 'CallExpression' || !/^stream(\/promises)?#pipeline$/.test(resolver.pathOf(call.callee) ?? '')) return undefined;
    const before = call.arguments[call.arguments.indexOf(owner as ESTree.Expression) - 1];
    return before !== undefined && (of(before, steps) !== undefined) ? 'request' : undefined;
  }

  function ofMember(node: ESTree.MemberExpression): Kind {
    const names: string[] = [];
    let at: ESTree.Node | undefined = node;
    while (at?.type === 'MemberExpression') {
      names.unshift(propertyOf(at) ?? '*');
      at = unwrapped(at.object);
    }
    const path = names.join('.');
    if (at?.type === 'ThisExpression') return /^_?(req|request)$/.test(path) ? 'request' : undefined;
    return STREAM_MEMBERS.test(path) && isContext(at) ? 'request' : undefined;
  }

  /** The first parameter of a handler, or a parameter with such a name. */
  function isContext(given: object | null | undefined): boolean {
    const node = unwrapped(given);
    if (node?.type !== 'Identifier') return false;
    const definition = resolver.variableOf(node)?.defs[0];
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
    const { params } = definition.node;
    const isFirst = params[0]?.type === 'Identifier' && params[0].name === node.name;
    return CONTEXT_NAME.test(node.name) || (isFirst && handlers().get(definition.node)?.scope === 'request');
  }

  return { of: (node) => of(node) };
}

/** Where handlers get their stream: those of Fastify for bodies after the request, those of Express for errors after the error. */
function isStreamPosition(reason: string, position: number, { params }: FunctionNode): boolean {
  if (reason.startsWith('addContentTypeParser')) return position <= 1;
  if (reason.startsWith('hook preParsing')) return position === 2;
  return position === (params.length === 4 ? 1 : 0);
}
