import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { ENDING_EVENTS } from '../data/emitters.js';
import { functionAround, type FileModel, type Reach } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const REQUEST_NAME = /^(req|request|clientRequest|req_|request_)$/;
const SOCKET_MEMBER = /^(socket|connection)$/;

/**
 * How a listener adds up that is left on the socket of an HTTP request: with keep-alive, requests to come get the same socket.
 * Undefined for other emitters, and where the code looks at the socket before it adds.
 */
export function pooledSocketReach({ call, key, event }: Registration, model: FileModel): Reach | undefined {
  if (typeof key !== 'object' || (typeof event === 'string' && ENDING_EVENTS.has(event))) return undefined;
  const owner = parameterOwner(key);
  if (owner === undefined || isLookedAt(key, call, { owner, model })) return undefined;
  // A handler that hands the connection over, or keeps its response open, has it for itself.
  if (key.path.length === 1 && SOCKET_MEMBER.test(key.path[0] ?? '') && REQUEST_NAME.test(nameOf(key) ?? '')) return model.reachOf(call);
  return key.path.length === 0 && owner.params[0] !== undefined && model.places.of(owner.params[0])?.root === key.root ? clientReach(owner) : undefined;
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

/** `if (!socket.connecting) return;`, `if (!seen.has(socket))` before the call: then it is not added to the same socket again. */
function isLookedAt(socket: Place, call: ESTree.Node, { owner, model }: { readonly owner: FunctionNode; readonly model: FileModel }): boolean {
  return model.places.usesOf(socket).some((use) => {
    if ((use.range?.[0] ?? 0) >= (call.range?.[0] ?? 0)) return false;
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
