import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { acquisitionOf } from './acquired.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { unwrapped } from './resolver.js';
import { runsOnce } from './runs-once.js';
import { settlementOf } from './settlement.js';
import type { WorkLeak } from './work-leaks.js';

/**
 * Whether a listener is left on a client that goes back to its pool: whoever takes it next gets it with the listener, and adds another one.
 * pg and mysql2 warn of it with MaxListenersExceededWarning under load. Undefined where the client is not given back.
 */
export function pooledClientLeak({ call, key }: Registration, model: FileModel): WorkLeak | undefined {
  const taking = typeof key === 'object' ? takingOf(key) : undefined;
  const acquisition = taking === undefined ? undefined : acquisitionOf(taking, model);
  const owner = taking === undefined ? undefined : functionAround(taking);
  if (taking === undefined || acquisition?.isPooled !== true || owner === undefined || runsOnce(call, model)) return undefined;
  const settlement = settlementOf(taking, acquisition, model);
  const isGivenBack = settlement !== undefined && (settlement.settles.size > 0 || settlement.isReleasedByThen);
  return isGivenBack ? { functionName: model.functions.nameOf(owner) } : undefined;
}

/** The call that gives a client, awaited or to a callback. */
function takingOf({ root }: Place): ESTree.SimpleCallExpression | undefined {
  const [definition] = (root as Partial<Scope.Variable>).defs ?? [];
  if (definition?.type === 'Variable') {
    const made = unwrapped(definition.node.init);
    const awaited = made?.type === 'AwaitExpression' ? unwrapped(made.argument) : made;
    return awaited?.type === 'CallExpression' ? awaited : undefined;
  }
  const { parent } = definition?.type === 'Parameter' && isFunction(definition.node) ? (definition.node as { readonly parent?: ESTree.Node }) : {};
  return parent?.type === 'CallExpression' ? parent : undefined;
}
