import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import type { RequestObject, RequestObjects } from './request-objects.js';
import { isAssignedOnce, keyOf, unwrapped } from './resolver.js';

/** A request that a value keeps alive, and the key of the object literal that it stands under. */
export interface Kept {
  readonly object: RequestObject;
  readonly key?: string;
}

const MAX_STEPS = 5;

/** What a stored value keeps alive: the request itself, or as a member of an object or list that is written out. Closures are not asked. */
export function requestKeptBy(given: object | null | undefined, requests: RequestObjects, model: FileModel, steps = 0): Kept | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  const object = requests.of(node);
  if (object !== undefined) return { object };
  const inner = (part: object | null | undefined): Kept | undefined => requestKeptBy(part, requests, model, steps + 1);
  if (node.type === 'ArrayExpression') return first(node.elements, (element) => (element?.type === 'SpreadElement' ? undefined : inner(element)));
  if (node.type === 'ObjectExpression') {
    return first(node.properties, (property) => {
      if (property.type !== 'Property') return undefined;
      const kept = inner(property.value);
      const key = keyOf(property);
      return kept && (kept.key === undefined && key !== undefined ? { ...kept, key } : kept);
    });
  }
  if (node.type === 'Identifier') return inner(constantOfName(node, model));
  return node.type === 'CallExpression' && model.resolver.pathOf(node.callee) === 'global#Object.freeze' ? inner(node.arguments[0]) : undefined;
}

/** `const client = { id, res };` */
function constantOfName(node: ESTree.Identifier, { resolver }: FileModel): ESTree.Node | undefined {
  const variable = resolver.variableOf(node);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !isAssignedOnce(variable)) return undefined;
  const value = unwrapped(definition.node.init);
  return value?.type === 'ObjectExpression' || value?.type === 'ArrayExpression' ? value : undefined;
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
