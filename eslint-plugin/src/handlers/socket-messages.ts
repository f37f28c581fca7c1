import { isFunction } from '../cross-file/functions.js';
import type { MarkedHandler } from '../cross-file/summary.js';
import { propertyOf, unwrapped } from '../model/resolver.js';
import type { Mark, Parts } from './find-handlers.js';
import { SOCKET_LIFE } from './tables.js';

/** `socket.on('search', (term, reply) => …)` in a handler of connections: what comes there, a client has sent. */
export function bySocket(marked: ReadonlyMap<object, MarkedHandler>, { nodes, resolver }: Parts, mark: Mark): void {
  for (const call of nodes.of('CallExpression')) {
    const { callee, arguments: [event, listener] } = call;
    if (callee.type !== 'MemberExpression' || propertyOf(callee) !== 'on' || event?.type !== 'Literal' || typeof event.value !== 'string' || SOCKET_LIFE.has(event.value)) continue;
    const socket = unwrapped(callee.object);
    const definition = socket?.type === 'Identifier' ? resolver.variableOf(socket)?.defs[0] : undefined;
    if (definition?.type !== 'Parameter' || !isFunction(definition.node) || definition.node.params[0] !== (definition.name as object)) continue;
    if (marked.get(definition.node)?.scope === 'connection') mark(listener, 'message', `on '${event.value}'`, call);
  }
}
