import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { ENDING_EVENTS } from '../data/emitters.js';
import { functionAround, type FileModel, type Reach } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { methodCalledOn } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const REQUEST_NAME = /^_?(req|request|clientRequest)_?$/;
const STREAM_NAME = /^_?(http2)?stream_?$/i;
const SOCKET_MEMBER = /^(socket|connection)$/;
/** What takes a connection from HTTP, and has it for itself then. */
const TAKES_OVER = /^(socket|sock|head|ws|conn|connection|netSocket)$/;
const ENDS_RESPONSE = /^(end|json|jsonp|send|sendFile|sendStatus|redirect|render)$/;

/**
 * How a listener adds up that is left on the socket of an HTTP request: with keep-alive, requests to come get the same socket.
 * Undefined for other emitters, and where the code looks at the socket before it adds.
 */
export function pooledSocketReach({ call, key, event, listener }: Registration, model: FileModel): Reach | undefined {
  if (typeof key !== 'object') return undefined;
  const owner = parameterOwner(key);
  if (owner === undefined || isLookedAt(key, call, { owner, model })) return undefined;
  const { path } = key;
  const isEnding = typeof event === 'string' && ENDING_EVENTS.has(event);
  if (path.length === 1 && SOCKET_MEMBER.test(path[0] ?? '') && REQUEST_NAME.test(nameOf(key) ?? '')) {
    // A handler that hands the connection over, or keeps its response open, has it for itself.
    return isEnding && !endsResponse(owner, listener, model) ? undefined : (model.reachOf(call) ?? requestReach(owner, isEnding));
  }
  // All streams of an HTTP/2 session have one socket.
  if (path.join('.') === 'session.socket' && STREAM_NAME.test(nameOf(key) ?? '')) return { scope: 'request', reason: `each stream of '${nameOf(key) ?? ''}.session'`, via: [] };
  return path.length === 0 && owner.params[0] !== undefined && model.places.of(owner.params[0])?.root === key.root ? clientReach(owner) : undefined;
}

/** A function that is called with a request, by whomever. */
function requestReach(owner: FunctionNode, isEnding: boolean): Reach | undefined {
  const isHandedOver = owner.params.some((parameter) => parameter.type === 'Identifier' && TAKES_OVER.test(parameter.name));
  return isEnding || isHandedOver ? undefined : { scope: 'request', reason: `each request that the function at line ${owner.loc?.start.line ?? 0} is given`, via: [] };
}

/** Whether a handler ends its response, other than in a listener: the client may send the next request then. */
function endsResponse({ params: [, response] }: FunctionNode, listener: ESTree.Node | undefined, { places, targets, functions }: FileModel): boolean {
  const place = response?.type === 'Identifier' ? places.of(response) : undefined;
  const listeners = new Set<object | undefined>(listener === undefined ? [] : targets.of(listener).map((target) => (typeof target === 'number' ? functions.list[target] : undefined)));
  return place !== undefined && places.usesOf(place).some((use) => ENDS_RESPONSE.test(methodCalledOn(use) ?? '') && !isInside(use, listeners));
}

function isInside(node: ESTree.Node, functions: ReadonlySet<object | undefined>): boolean {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (functions.has(at)) return true;
  return false;
}

/** `request.on('socket', (socket) => …)`, of a request that this process makes. */
function clientReach(listener: FunctionNode): Reach | undefined {
  const { parent } = listener as Parented;
  if (parent?.type !== 'CallExpression' || parent.arguments[1] !== listener) return undefined;
  const [event] = parent.arguments;
  const callee = unwrapped(parent.callee);
  if (event?.type !== 'Literal' || event.value !== 'socket' || callee?.type !== 'MemberExpression' || !/^(on|once|addListener)$/.test(propertyOf(callee) ?? '')) return undefined;
  return { scope: 'request', reason: `the 'socket' event at line ${event.loc?.start.line ?? 0}`, via: [] };
}

function parameterOwner({ root }: Place): FunctionNode | undefined {
  const [definition] = (root as Partial<Scope.Variable>).defs ?? [];
  return definition?.type === 'Parameter' && isFunction(definition.node) ? definition.node : undefined;
}

function nameOf({ root }: Place): string | undefined {
  return (root as Partial<Scope.Variable>).name;
}

/** `if (!socket.connecting) return;`, `if (!seen.has(socket))` before the call: then it is not added to the same socket again. That there is one says nothing. */
function isLookedAt(socket: Place, call: ESTree.Node, { owner, model }: { readonly owner: FunctionNode; readonly model: FileModel }): boolean {
  return model.places.usesOf(socket).some((use) => {
    if ((use.range?.[0] ?? 0) >= (call.range?.[0] ?? 0)) return false;
    if (isAskedFor(use)) return false;
    for (let at: Parented = use; at.parent !== null && at.parent !== undefined && at !== owner; at = at.parent) {
      const { parent } = at;
      if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === at) return true;
      if (parent.type === 'LogicalExpression' && parent.left === at) return true;
      if (parent.type === 'VariableDeclarator' && functionAround(parent) === owner && /connecting|destroyed|reused/i.test(nameIn(parent))) return true;
    }
    return false;
  });
}

function nameIn({ id }: ESTree.VariableDeclarator): string {
  return id.type === 'Identifier' ? id.name : '';
}

/** `if (request.socket)`, `request.socket && …` */
function isAskedFor(use: Parented): boolean {
  const { parent } = use;
  return ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === use) || (parent?.type === 'LogicalExpression' && parent.left === use);
}
