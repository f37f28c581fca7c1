import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { usesOfHandle } from './handle-uses.js';
import type { FileModel } from './model.js';
import { nodeResponse } from './node-responses.js';
import type { Place } from './places.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** A response and what reads its body. */
export interface ResponseBody {
  /** The variable of the response, or of its body where that was taken out; undefined where neither is kept. */
  readonly name: string | undefined;
  /** What reads and forgets it, for a fix. */
  readonly discard: string;
  readonly settles: ReadonlySet<ESTree.Node>;
  /** The function of `fetch(url).then((response) => …)`. */
  readonly callback: FunctionNode | undefined;
}

const REQUESTS = /^(global#fetch|undici#(fetch|request)|(node-fetch|cross-fetch)#(fetch)?)$/;
const READS = { byCall: /^$/, byMethod: new Set(['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes', 'buffer', 'body', 'clone', 'textConverted']) };
const NODE_REQUESTS = /^https?#(get|request)$/;
const NOTHING: ReadonlySet<ESTree.Node> = new Set();

/** What a call of fetch(), undici's request() or Node's own gives; undefined if it is no such call, has no body, or is somebody else's to read. */
export function responseBody(call: ESTree.SimpleCallExpression, model: FileModel): ResponseBody | undefined {
  const path = model.resolver.pathOf(call.callee) ?? '';
  if (NODE_REQUESTS.test(path)) return nodeResponse(call, model);
  if (!REQUESTS.test(path) || isHead(call)) return undefined;
  const callback = thenOf(call);
  if (callback !== undefined) {
    const [response] = callback.params;
    if (response === undefined) return { name: undefined, discard: '', settles: NOTHING, callback };
    return response.type === 'Identifier' ? ofPlace(model.places.of(response), { callback, isBodyOnly: false }, model) : undefined;
  }
  const awaited = (call as Parented).parent;
  if (awaited?.type === 'ExpressionStatement') return { name: undefined, discard: '', settles: NOTHING, callback: undefined };
  if (awaited?.type !== 'AwaitExpression') return undefined;
  let { parent } = awaited as Parented;
  while (parent !== null && parent !== undefined && unwrapped(parent) !== parent) parent = parent.parent;
  if (parent?.type === 'ExpressionStatement') return { name: undefined, discard: '', settles: NOTHING, callback: undefined };
  // (await fetch(url)).ok
  if (parent?.type === 'MemberExpression') return READS.byMethod.has(propertyOf(parent) ?? 'body') ? undefined : { name: undefined, discard: '', settles: NOTHING, callback: undefined };
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') return ofPattern(parent.id, model);
  const place = model.places.heldIn(awaited);
  return place === undefined || place.path.length > 0 ? undefined : ofPlace(place, { callback: undefined, isBodyOnly: false }, model);
}

/** `const { statusCode, body } = await request(url)` */
function ofPattern({ properties }: ESTree.ObjectPattern, model: FileModel): ResponseBody | undefined {
  let body: ESTree.Node | undefined;
  for (const property of properties) {
    if (property.type !== 'Property') return undefined;
    if (keyOf(property) === 'body') body = property.value;
  }
  if (body === undefined) return { name: undefined, discard: '', settles: NOTHING, callback: undefined };
  return body.type === 'Identifier' ? ofPlace(model.places.of(body), { callback: undefined, isBodyOnly: true }, model) : undefined;
}

function ofPlace(place: Place | undefined, { callback, isBodyOnly }: Pick<ResponseBody, 'callback'> & { readonly isBodyOnly: boolean }, model: FileModel): ResponseBody | undefined {
  if (place === undefined || place.life === 'process' && place.path.length > 0) return undefined;
  const uses = model.places.usesOf(place);
  const kinds = usesOfHandle(place, READS, model);
  const settles = new Set(uses.filter((use, position) => (isBodyOnly ? !isDeclared(use) : kinds[position]?.kind !== 'read')));
  return { name: place.name, discard: isBodyOnly ? `await ${place.name}.dump();` : `await ${place.name}.body?.cancel();`, settles, callback };
}

function isDeclared(use: ESTree.Node): boolean {
  const { parent } = use as Parented;
  return parent?.type === 'Property' && parent.parent?.type === 'ObjectPattern';
}

function isHead({ arguments: [, options] }: ESTree.SimpleCallExpression): boolean {
  return options?.type === 'ObjectExpression' && options.properties.some((property) => property.type === 'Property' && keyOf(property) === 'method' && property.value.type === 'Literal' && property.value.value === 'HEAD');
}

function thenOf(call: ESTree.SimpleCallExpression): FunctionNode | undefined {
  const member = (call as Parented).parent;
  if (member?.type !== 'MemberExpression' || member.object !== call || propertyOf(member) !== 'then') return undefined;
  const callback = member.parent?.type === 'CallExpression' ? member.parent.arguments[0] : undefined;
  return isFunction(callback) ? callback : undefined;
}
