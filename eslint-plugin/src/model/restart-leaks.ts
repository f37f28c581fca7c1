import type * as ESTree from 'estree';

import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { unwrapped } from './resolver.js';
import type { WorkLeak } from './work-leaks.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/**
 * Whether a function that starts something adds a listener to what is as old as the process, and runs again: what it returned is kept in a variable
 * of the module, which a function of the file empties: `running = start()`, and `running = null` when that has ended.
 */
export function restartLeak({ kind, key, call }: Registration, model: FileModel): WorkLeak | undefined {
  if (kind !== 'add' || typeof key !== 'object' || key.life !== 'process') return undefined;
  const owner = functionAround(call);
  const calls = owner === undefined ? [] : model.callersOf(owner);
  if (owner === undefined || calls.length === 0) return undefined;
  const kept = calls.map((each) => model.places.heldIn(awaitedOf(each)));
  return kept.every((place) => place?.life === 'process' && isEmptied(place, model)) ? { functionName: model.functions.nameOf(owner) } : undefined;
}

function awaitedOf(call: Parented): ESTree.Node {
  return call.parent?.type === 'AwaitExpression' ? call.parent : call;
}

/** `running = null` in a function. */
function isEmptied(place: Place, { places }: FileModel): boolean {
  return places.usesOf(place).some((use) => {
    const { parent } = use as Parented;
    const value = parent?.type === 'AssignmentExpression' && parent.left === use ? unwrapped(parent.right) : undefined;
    return parent !== null && parent !== undefined && functionAround(parent) !== undefined && ((value?.type === 'Literal' && value.value === null) || (value?.type === 'Identifier' && value.name === 'undefined'));
  });
}
