import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from '../model/model.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What a handler is given that says when it is over, by the usual names of parameters. */
const EMITTERS: readonly (readonly [name: RegExp, member: string])[] = [[/^(res|resp|response)$/, ''], [/^reply$/, '.raw'], [/^(ws|socket|conn|connection|client)$/, '']];

/** What says when the handler around a node is over, as it is written there: `res`, `reply.raw`, `socket`. */
export function emitterAround(node: ESTree.Node, { handlers }: FileModel): string | undefined {
  for (let at = (node as Parented).parent; at !== null && at !== undefined; at = at.parent) {
    if (!isFunction(at)) continue;
    for (const [wanted, member] of EMITTERS) {
      const found = at.params.find((parameter) => parameter.type === 'Identifier' && wanted.test(parameter.name));
      if (found?.type === 'Identifier') return `${found.name}${member}`;
    }
    // What is given to functions around the handler is older.
    if (handlers.some((handler) => handler.node === at)) return undefined;
  }
  return undefined;
}

/** The statement of a block that a handle stands directly in. */
export function statementOf(handle: ESTree.Node): Parented | undefined {
  for (let at: Parented | null | undefined = handle; at !== null && at !== undefined && !isFunction(at); at = at.parent) {
    if (at.parent?.type === 'BlockStatement' || at.parent?.type === 'Program') return at;
  }
  return undefined;
}

/** The event by which it says so. */
export function closingEvent(emitter: string, { text }: SourceCode): 'close' | 'disconnect' {
  return /^(socket|client)$/.test(emitter) && text.includes('socket.io') ? 'disconnect' : 'close';
}
