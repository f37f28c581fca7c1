import type * as ESTree from 'estree';

import { RESPONSE_NAME } from '../handlers/tables.js';
import type { FileModel } from './model.js';
import { callWith } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const OPENS_FILE = /^(fs|graceful-fs|fs-extra)#createReadStream$/;
/** Methods that by their names give a stream: `file.getStream()`. */
const GIVES_STREAM = /^(get|open|create|read|download|fetch|to|as)\w*Stream$/;
const CLOSES = /^(destroy|close|unpipe)$/;

/**
 * Whether a stream of a file is piped to the response of a handler, and nothing can close it: when the client leaves early, the file stays open.
 *
 * @param first and @param last the stages of the chain at its ends
 */
export function isAbandonedFile(first: ESTree.Node, last: ESTree.Node, model: FileModel): boolean {
  if (!isResponse(last) || model.reachOf(last) === undefined) return false;
  const source = startOf(first);
  if (source?.type === 'CallExpression') return opensFile(source, model);
  if (source?.type !== 'Identifier') return false;
  const variable = model.resolver.variableOf(source);
  const isFile = variable?.references.some(({ writeExpr }) => opensFile(startOf(writeExpr), model)) === true;
  const place = isFile ? model.places.of(source) : undefined;
  return place !== undefined && !model.places.usesOf(place).some((use) => mayClose(use));
}

/** Whether what is piped to a response is a stream that has no name: nobody can listen to it, or close it when the client leaves. */
export function isUnnamedStream(first: ESTree.Node, last: ESTree.Node): boolean {
  const source = unwrapped(first);
  const callee = source?.type === 'CallExpression' ? unwrapped(source.callee) : undefined;
  // `x.getStream().on('error', f)` does listen.
  const { parent } = (source ?? first) as Parented;
  if (parent?.type !== 'MemberExpression' || propertyOf(parent) !== 'pipe') return false;
  return isResponse(last) && callee?.type === 'MemberExpression' && GIVES_STREAM.test(propertyOf(callee) ?? '');
}

/** `res`, `reply.raw` */
function isResponse(given: ESTree.Node): boolean {
  const node = unwrapped(given);
  const name = node?.type === 'MemberExpression' && propertyOf(node) === 'raw' ? unwrapped(node.object) : node;
  return name?.type === 'Identifier' && RESPONSE_NAME.test(name.name);
}

/** `open()` of `open().on('error', f)` */
function startOf(given: ESTree.Node | null | undefined): ESTree.Node | undefined {
  const node = unwrapped(given);
  const callee = node?.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && /^(on|once|setEncoding)$/.test(propertyOf(callee) ?? '') ? startOf(callee.object) : node;
}

function opensFile(node: ESTree.Node | undefined, { resolver }: FileModel): boolean {
  return node?.type === 'CallExpression' && OPENS_FILE.test(resolver.pathOf(node.callee) ?? '');
}

/** Closed there, or given to a function which may. */
function mayClose(use: ESTree.Node): boolean {
  const { parent } = use as Parented;
  if (parent?.type === 'MemberExpression' && parent.object === use) return CLOSES.test(propertyOf(parent) ?? '');
  return callWith(use) !== undefined || parent?.type === 'ReturnStatement' || parent?.type === 'Property' || parent?.type === 'ArrayExpression' || (parent?.type === 'AssignmentExpression' && parent.right === use);
}
