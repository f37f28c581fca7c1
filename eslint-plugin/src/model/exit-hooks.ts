import type * as ESTree from 'estree';

import { EXIT_HOOKS } from '../data/emitters.js';
import { ownerOf } from './handle-owner.js';
import type { FileModel, Reach } from './model.js';

/** A function that a handler leaves with a package which calls it when the process ends: until then it stays, as listeners of `process` do. */
export interface ExitHook {
  readonly call: ESTree.SimpleCallExpression;
  readonly name: string;
  readonly reach: Reach;
}

/** Calls of such packages in code that a handler reaches, of which nobody keeps what takes the function away again. */
export function exitHooks(model: FileModel): readonly ExitHook[] {
  return model.nodes.of('CallExpression').flatMap((call): ExitHook[] => {
    const path = model.resolver.pathOf(call.callee) ?? '';
    const reach = EXIT_HOOKS.test(path) && ownerOf(call, model).kind === 'dropped' ? model.reachOf(call) : undefined;
    return reach === undefined ? [] : [{ call, name: path.split('#')[0] ?? '', reach }];
  });
}
