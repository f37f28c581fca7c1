import type * as ESTree from 'estree';

import { ownerOf } from './handle-owner.js';
import { functionAround, type FileModel } from './model.js';

/** Whether a value is returned by a helper of the file, of which all callers ignore what it returns. */
export function isDroppedByCallers(value: ESTree.Node, model: FileModel): boolean {
  const { parent } = value as { readonly parent?: ESTree.Node | null };
  const isReturned = parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === value);
  const helper = isReturned ? functionAround(value) : undefined;
  const name = helper === undefined ? undefined : helper.type === 'FunctionDeclaration' ? model.places.of(helper.id) : model.places.heldIn(helper);
  if (helper === undefined || name === undefined || model.places.isExported(name)) return false;
  const calls = model.callersOf(helper);
  return calls.length > 0 && calls.every((call) => ownerOf(call, model).kind === 'dropped');
}
