import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { ACQUISITIONS, type Acquisition } from '../data/acquisitions.js';
import type { FileModel } from './model.js';
import { propertyOf, unwrapped } from './resolver.js';

/** What a call takes that has to be given back; undefined for other calls. */
export function acquisitionOf(call: ESTree.SimpleCallExpression, { resolver }: Pick<FileModel, 'resolver'>): Acquisition | undefined {
  const callee = unwrapped(call.callee);
  const path = resolver.pathOf(call.callee) ?? '';
  const method = callee?.type === 'MemberExpression' ? propertyOf(callee) : path.slice(path.lastIndexOf('#') + 1);
  const owner = callee?.type === 'MemberExpression' ? unwrapped(callee.object) : undefined;
  const name = owner?.type === 'Identifier' ? owner.name : owner?.type === 'MemberExpression' ? (propertyOf(owner) ?? '') : '';
  // With arguments other than a callback, `connect` is something else.
  if (method === 'connect' && call.arguments.some((argument) => !isFunction(argument))) return undefined;
  return ACQUISITIONS.find((each) => each.method === method && (each.path?.test(path) === true || each.receiver?.test(name) === true));
}
