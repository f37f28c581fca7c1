import type * as ESTree from 'estree';

import { keyOf, propertyOf, unwrapped, type Resolver } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const MAX_STEPS = 8;
const KNOWN: Readonly<Record<string, number>> = {
  'global#Infinity': Number.POSITIVE_INFINITY, 'global#Number.POSITIVE_INFINITY': Number.POSITIVE_INFINITY, 'global#Number.MAX_SAFE_INTEGER': Number.MAX_SAFE_INTEGER, 'global#Number.MAX_VALUE': Number.MAX_VALUE,
  'buffer#constants.MAX_LENGTH': Number.MAX_SAFE_INTEGER,
};

/** The number that an expression is whenever it runs: literals, arithmetic with them, `const` variables; undefined where that is not known. */
export function constantOf(given: object | null | undefined, resolver: Resolver, steps = 0): number | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = constantOf(node.argument, resolver, steps + 1);
    return value === undefined ? undefined : -value;
  }
  if (node.type === 'BinaryExpression') {
    const left = constantOf(node.left, resolver, steps + 1);
    const right = constantOf(node.right, resolver, steps + 1);
    return left === undefined || right === undefined ? undefined : ARITHMETIC[node.operator]?.(left, right);
  }
  const known = KNOWN[resolver.pathOf(node) ?? ''];
  if (known !== undefined) return known;
  if (node.type === 'MemberExpression') return constantOf(memberValue(node, resolver), resolver, steps + 1);
  if (node.type !== 'Identifier') return undefined;
  const definition = resolver.variableOf(node)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  return constantOf(definition.node.init, resolver, steps + 1);
}

/** What stands in `const limits = { name: value }`, if nothing is assigned to its members. */
function memberValue(member: ESTree.MemberExpression, resolver: Resolver): ESTree.Node | undefined {
  const name = propertyOf(member);
  const object = unwrapped(member.object);
  const variable = object?.type === 'Identifier' ? resolver.variableOf(object) : undefined;
  const definition = variable?.defs[0];
  if (name === undefined || definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  const made = unwrapped(definition.node.init);
  if (made?.type !== 'ObjectExpression' || variable?.references.some(({ identifier, init }) => init !== true && !isRead(identifier)) !== false) return undefined;
  if (made.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  return made.properties.flatMap((property) => (property.type === 'Property' && keyOf(property) === name ? [property.value] : [])).at(-1);
}

/** `limits.name`, not `limits.name = 1`, nor `change(limits)`. */
function isRead(name: object): boolean {
  const { parent } = name as Parented;
  const outer = parent?.type === 'MemberExpression' && parent.object === name ? parent.parent : undefined;
  return outer !== undefined && outer !== null && outer.type !== 'UpdateExpression' && !(outer.type === 'AssignmentExpression' && outer.left === parent);
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '**': (left, right) => left ** right,
  '<<': (left, right) => left << right,
};
