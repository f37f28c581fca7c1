import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { usesOfHandle } from './handle-uses.js';
import type { FileModel } from './model.js';
import { optionOf } from './options.js';
import { methodCalledOn } from './releases.js';
import type { ResponseBody } from './response-bodies.js';

/** What starts to read the body. Without it, Node keeps what has come and the socket: https://nodejs.org/api/http.html#class-httpclientrequest */
const READS = { byCall: /^$/, byMethod: new Set(['on', 'once', 'addListener', 'pipe', 'resume', 'read', 'destroy', 'iterator', 'toArray', 'forEach', 'map', 'filter', 'reduce', 'compose']) };
const LISTENS = new Set(['on', 'once', 'addListener']);
/** Events that come by themselves, or only when all has been read. */
const READS_NOTHING = /^(end|close|error|aborted|timeout)$/;

/** The response that `http.get(url, (response) => …)` calls a function with; undefined where none is given, or it has no body. */
export function nodeResponse(call: ESTree.SimpleCallExpression, model: FileModel): ResponseBody | undefined {
  const { arguments: given } = call;
  const callback = given.at(-1);
  if (!isFunction(callback) || given.some((each) => isHead(each, model))) return undefined;
  const [response] = callback.params;
  if (response === undefined) return { name: undefined, discard: '', settles: new Set(), callback };
  const place = response.type === 'Identifier' ? model.places.of(response) : undefined;
  if (place === undefined) return undefined;
  const uses = model.places.usesOf(place);
  const kinds = usesOfHandle(place, READS, model);
  const request = model.places.heldIn(call);
  const ends = request === undefined ? [] : model.places.usesOf(request).filter((use) => /^(destroy|abort)$/.test(methodCalledOn(use) ?? ''));
  return { name: place.name, discard: `${place.name}.resume();`, settles: new Set([...uses.filter((use, position) => kinds[position]?.kind !== 'read' && !waitsOnly(use)), ...ends]), callback };
}

function isHead(given: ESTree.Node, { resolver }: FileModel): boolean {
  const method = optionOf(given, ['method'], resolver);
  return typeof method === 'object' && method.type === 'Literal' && method.value === 'HEAD';
}

/** `response.on('end', …)`, which does not come before the body is read. */
function waitsOnly(use: ESTree.Node): boolean {
  if (!LISTENS.has(methodCalledOn(use) ?? '')) return false;
  const member = (use as { readonly parent?: ESTree.Node & { readonly parent?: ESTree.Node } }).parent;
  const event = member?.parent?.type === 'CallExpression' ? member.parent.arguments[0] : undefined;
  return event?.type === 'Literal' && READS_NOTHING.test(String(event.value));
}
