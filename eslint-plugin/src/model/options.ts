import type * as ESTree from 'estree';

import { keyOf, propertyOf, unwrapped, type Resolver } from './resolver.js';

const MAX_STEPS = 6;

/** What stands under a name in an object: its value, nothing, or something that the file does not tell. */
export type Option = ESTree.Node | 'absent' | 'unknown';

/** The expression that a `const`, or a member of an object in one, stands for; others as they are. */
export function constantExpression(given: object | null | undefined, resolver: Resolver, steps = 0): ESTree.Node | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  if (node.type === 'Identifier') {
    const definition = resolver.variableOf(node)?.defs[0];
    if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return node;
    return constantExpression(definition.node.init, resolver, steps + 1) ?? node;
  }
  if (node.type !== 'MemberExpression') return node;
  const name = propertyOf(node);
  const value = name === undefined ? 'unknown' : optionOf(node.object, [name], resolver, steps + 1);
  return typeof value === 'string' ? node : value;
}

/**
 * Looks a name up in an object literal, also through `const` variables, spreads and nested objects.
 *
 * @param path such as `['limits', 'fileSize']`
 */
export function optionOf(given: object | null | undefined, path: readonly string[], resolver: Resolver, steps = 0): Option {
  if (given === null || given === undefined) return 'absent';
  const node = constantExpression(given, resolver, steps + 1);
  const [name, ...rest] = path;
  if (name === undefined) return node ?? 'unknown';
  if (node?.type === 'Identifier' && node.name === 'undefined') return 'absent';
  if (node?.type !== 'ObjectExpression' || steps > MAX_STEPS) return 'unknown';
  let found: Option = 'absent';
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = optionOf(property.argument, [name], resolver, steps + 1);
      if (spread !== 'absent') found = spread;
    } else if (keyOf(property) === name) found = property.value;
    else if (keyOf(property) === undefined) found = 'unknown';
  }
  return typeof found === 'string' ? found : optionOf(found, rest, resolver, steps + 1);
}
