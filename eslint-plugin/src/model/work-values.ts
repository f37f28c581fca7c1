import type * as ESTree from 'estree';

import { executorAround } from './executors.js';
import type { Growth } from './growth.js';
import type { FileModel } from './model.js';
import { unwrapped } from './resolver.js';

/**
 * What a collection gains that is for one piece of work, and of no use when that is over: the handle of a timeout, `this.timers.push(setTimeout(f, ms))`,
 * or what settles a promise, `this.asked.set(id, { resolve, reject })`. Undefined for other values.
 */
export function workIn({ node, isInner }: Growth, model: FileModel): 'timeout' | 'promise' | undefined {
  const value = isInner ? undefined : valueOf(node);
  if (value === undefined) return undefined;
  const definition = value.type === 'Identifier' ? model.resolver.variableOf(value)?.defs[0] : undefined;
  const made: ESTree.Node | undefined = definition?.type === 'Variable' ? unwrapped(definition.node.init) : value;
  if (made?.type === 'CallExpression' && /^(global|timers)#setTimeout$/.test(model.resolver.pathOf(made.callee) ?? '')) return 'timeout';
  return settlesPromise(value, model) ? 'promise' : undefined;
}

function valueOf(node: ESTree.Node): ESTree.Node | undefined {
  if (node.type === 'AssignmentExpression') return node.operator === '=' ? unwrapped(node.right) : undefined;
  return node.type === 'CallExpression' && node.arguments.length <= 2 ? unwrapped(node.arguments.at(-1)) : undefined;
}

/** Whether a value has `resolve` of the promise around it, alone or in an object or function. */
function settlesPromise(value: ESTree.Node, model: FileModel): boolean {
  const [start, end] = value.range ?? [0, 0];
  return (executorAround(value, model)?.params ?? []).some((parameter) => {
    const place = parameter.type === 'Identifier' ? model.places.of(parameter) : undefined;
    return place !== undefined && model.places.usesOf(place).some(({ range }) => range !== undefined && range[0] >= start && range[1] <= end);
  });
}
