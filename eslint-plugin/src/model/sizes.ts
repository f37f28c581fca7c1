import type * as ESTree from 'estree';

import { constantOf } from './constant.js';
import { constantExpression } from './options.js';
import type { Resolver } from './resolver.js';

/** As the package `bytes` reads them, which the parsers of bodies use. */
const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40, pb: 2 ** 50 };
const MAX_STEPS = 6;

/** Bytes of `'500mb'` or `'1000'`; what the package `bytes` cannot read is no limit to its users. */
export function bytesOf(text: string): number {
  const [, amount, unit = 'b'] = /^\s*([-+]?\d+(?:\.\d+)?) *([kmgtp]?b)?\s*$/i.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
  const whole = Number.parseInt(text, 10);
  return Number.isNaN(whole) ? Number.POSITIVE_INFINITY : whole;
}

/**
 * The bytes of a limit whatever the environment says: `'500mb'`, `1024 * MB`, the right side of `process.env.LIMIT ?? '500mb'`,
 * and of `a ? b : c` the smaller. Undefined where the file does not tell.
 */
export function sizeOf(given: object | null | undefined, resolver: Resolver, steps = 0): number | undefined {
  const node = constantExpression(given, resolver);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  const inner = (part: ESTree.Node): number | undefined => sizeOf(part, resolver, steps + 1);
  const number = constantOf(node, resolver);
  if (number !== undefined) return number;
  if (node.type === 'Literal') return typeof node.value === 'string' ? bytesOf(node.value) : undefined;
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0 ? bytesOf(node.quasis[0]?.value.cooked ?? '') : undefined;
  if (node.type === 'LogicalExpression') return node.operator === '&&' ? undefined : inner(node.right);
  if (node.type === 'ConditionalExpression') {
    const [one, other] = [inner(node.consequent), inner(node.alternate)];
    return one === undefined || other === undefined ? undefined : Math.min(one, other);
  }
  if (node.type === 'BinaryExpression' && node.operator === '*') {
    const [left, right] = [node.left.type === 'PrivateIdentifier' ? undefined : inner(node.left), inner(node.right)];
    return left === undefined || right === undefined ? undefined : left * right;
  }
  // Number(process.env.LIMIT ?? 1e9), parseInt('…', 10)
  const isNumeric = node.type === 'CallExpression' && /^(global#(Number|parseInt|Number\.parseInt)|bytes#(parse)?)$/.test(resolver.pathOf(node.callee) ?? '');
  return isNumeric && node.arguments[0] !== undefined ? inner(node.arguments[0]) : undefined;
}
