import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { functionAround, type FileModel } from './model.js';
import { growthsOf, type Growth } from './growth.js';
import { unwrapped } from './resolver.js';

/** A line that puts something where it may stay. */
export interface Store extends Growth {
  /** What it puts there: the keys of maps too, which keep what they are. */
  readonly values: readonly ESTree.Node[];
  /** `one` of a variable or member, `many` of a collection. */
  readonly room: 'one' | 'many';
}

/** Expressions that do not make a value of their own, and those that are written around others. */
const HELD_ELSEWHERE = new Set(['Identifier', 'MemberExpression', 'ObjectExpression', 'ArrayExpression', 'CallExpression', 'ConditionalExpression', 'LogicalExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression']);
const known = new WeakMap<FileModel, readonly Store[]>();

/** Every growth of a collection and every assignment to a variable or member in the functions of a file, of values that something else has too. */
export function storesOf(model: FileModel, sourceCode: SourceCode): readonly Store[] {
  const before = known.get(model);
  if (before !== undefined) return before;
  const growths = growthsOf(model, sourceCode);
  const growing = new Set(growths.map(({ node }) => node));
  const stores = [...growths.map((growth): Store => ({ ...growth, values: valuesOf(growth), room: 'many' })), ...slots(model, growing)];
  known.set(model, stores);
  return stores;
}

function slots({ nodes, places }: FileModel, growing: ReadonlySet<ESTree.Node>): readonly Store[] {
  return nodes.of('AssignmentExpression').flatMap((node): readonly Store[] => {
    if (!HELD_ELSEWHERE.has(node.right.type) || growing.has(node) || !/^(=|\?\?=|\|\|=)$/.test(node.operator) || functionAround(node) === undefined) return [];
    const place = places.of(node.left);
    return place === undefined ? [] : [{ place, node, isInner: false, values: [node.right], room: 'one' }];
  });
}

function valuesOf({ node }: Growth): readonly ESTree.Node[] {
  if (node.type === 'CallExpression') return node.arguments.map((argument) => (argument.type === 'SpreadElement' ? argument.argument : argument));
  const right = node.type === 'AssignmentExpression' ? unwrapped(node.right) : undefined;
  if (right === undefined) return [];
  if (node.type === 'AssignmentExpression' && node.operator === '=' && unwrapped(node.left)?.type === 'MemberExpression' && (unwrapped(node.left) as ESTree.MemberExpression).computed) return [right];
  // [...list, x], { ...map, [k]: x }, list.concat(x)
  if (right.type === 'ArrayExpression') return right.elements.filter((element) => element !== null && element.type !== 'SpreadElement');
  if (right.type === 'ObjectExpression') return right.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []));
  return right.type === 'CallExpression' ? right.arguments : [right];
}
