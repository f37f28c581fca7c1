import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { methodCalledOn } from './releases.js';
import { propertyOf, unwrapped } from './resolver.js';
import type { WorkLeak } from './work-leaks.js';

const SUBSCRIBES = /^([ps]?)subscribe$/i;

/**
 * Whether a function subscribes to one of many subjects and adds a listener for it alone, and the file takes back the subscription only:
 * `client.subscribe(channel); client.on('message', (from, text) => { if (from === channel) handle(text); })`.
 */
export function subscriptionLeak({ kind, key, call, listener }: Registration, model: FileModel): WorkLeak | undefined {
  if (kind !== 'add' || typeof key !== 'object') return undefined;
  const owner = functionAround(call);
  const use = owner === undefined ? undefined : model.places.usesOf(key).find((each) => functionAround(each) === owner && SUBSCRIBES.test(methodCalledOn(each) ?? ''));
  if (owner === undefined || use === undefined || !isAboutCall(listener, owner, key, model)) return undefined;
  const undone = (methodCalledOn(use) ?? '').replace(SUBSCRIBES, '$1unsubscribe').toLowerCase();
  const isUndone = model.nodes.of('CallExpression').some(({ callee }) => callee.type === 'MemberExpression' && (propertyOf(callee) ?? '').toLowerCase() === undone && model.places.of(callee.object)?.name === key.name);
  return isUndone ? { functionName: model.functions.nameOf(owner) } : undefined;
}

/** Whether a listener is written there, and knows what the function was given, beside the emitter. */
function isAboutCall(given: ESTree.Node | undefined, owner: FunctionNode, emitter: Place, { places }: FileModel): boolean {
  const listener = unwrapped(given);
  if (listener?.type !== 'ArrowFunctionExpression' && listener?.type !== 'FunctionExpression') return false;
  const [start, end] = listener.range ?? [0, 0];
  return owner.params.some((parameter) => {
    const place = parameter.type === 'Identifier' ? places.of(parameter) : undefined;
    return place !== undefined && place.root !== emitter.root && places.usesOf(place).some(({ range }) => range !== undefined && range[0] >= start && range[1] <= end);
  });
}
