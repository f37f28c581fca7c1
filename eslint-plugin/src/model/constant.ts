import { unwrapped, type Resolver } from './resolver.js';

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
  if (known !== undefined || node.type !== 'Identifier') return known;
  const definition = resolver.variableOf(node)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  return constantOf(definition.node.init, resolver, steps + 1);
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '**': (left, right) => left ** right,
  '<<': (left, right) => left << right,
};
