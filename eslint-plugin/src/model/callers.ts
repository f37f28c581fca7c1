import type { CallNode, FunctionNode, Functions } from '../cross-file/functions.js';
import type { Targets } from '../cross-file/targets.js';
import { lazily } from './lazily.js';

export type Callers = (node: FunctionNode) => readonly CallNode[];

/** Finds the calls of a function within its file, made by other functions of it. Goes through the file when it is asked first. */
export function makeCallers(functions: Functions, targets: Targets): Callers {
  const known = lazily(() => callsByTarget(functions, targets));
  return (node) => known().get(functions.ordinalOf(node) ?? -1) ?? NONE;
}

const NONE: readonly CallNode[] = [];

function callsByTarget(functions: Functions, targets: Targets): Map<number, CallNode[]> {
  const found = new Map<number, CallNode[]>();
  for (const ordinal of functions.list.keys()) {
    for (const call of functions.callsIn(ordinal)) {
      if (call.type !== 'CallExpression') continue;
      for (const target of targets.of(call.callee)) {
        if (typeof target !== 'number') continue;
        const calls = found.get(target);
        if (calls === undefined) found.set(target, [call]);
        else calls.push(call);
      }
    }
  }
  return found;
}
