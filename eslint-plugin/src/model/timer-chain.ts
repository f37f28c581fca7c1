import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { methodCalledOn } from './releases.js';

/** Whether something in the file calls `unref()` on what a place holds. */
export function isUnrefAt(place: Place, { places }: FileModel): boolean {
  return places.usesOf(place).some((use) => methodCalledOn(use) === 'unref');
}

/** The outermost call of `setInterval(…).unref()`. */
export function chainOf(call: ESTree.SimpleCallExpression): { readonly handle: ESTree.Node; readonly isUnreferenced: boolean } {
  let handle: ESTree.Node = call;
  let isUnreferenced = false;
  for (;;) {
    const method = methodCalledOn(handle);
    if (method !== 'unref' && method !== 'ref' && method !== 'refresh') return { handle, isUnreferenced };
    isUnreferenced = method === 'unref' || (method === 'refresh' && isUnreferenced);
    let at: ESTree.Node & { readonly parent?: ESTree.Node } = handle;
    do at = at.parent as ESTree.Node; while (at.type !== 'CallExpression');
    handle = at;
  }
}

/** `setInterval(function () { clearInterval(this); })` */
export function clearsItself({ arguments: [callback] }: ESTree.SimpleCallExpression, sourceCode: SourceCode): boolean {
  return callback?.type === 'FunctionExpression' && /clear(Interval|Timeout)\(\s*this\s*\)/.test(sourceCode.getText(callback));
}
