import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';
import { someInside } from './walk.js';

/** A collection or text that keeps a value for longer than the code that adds it runs. */
export interface Accumulation {
  readonly place: Place;
  /** The `push()` or assignment. */
  readonly node: ESTree.Node;
}

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const MAX_STEPS = 12;
const MAX_ALIASES = 3;
const ADDING = new Set(['push', 'unshift', 'add', 'append']);
/** Calls whose result holds what they are given, or what they are called on. */
const HOLDING = new Set(['toString', 'from', 'write', 'decode', 'String', 'slice', 'subarray', 'concat', 'Uint8Array', 'Buffer', 'trim', 'parse']);

/** Where the values of a variable are added to something: `body += chunk`, `chunks.push(chunk.toString())`, `all = Buffer.concat([all, chunk])`. */
export function accumulationsOf(variable: Scope.Variable, model: FileModel, sourceCode: SourceCode, aliases = 0): readonly Accumulation[] {
  return variable.references.flatMap((reference) => (reference.isRead() ? flowOf(reference.identifier as Parented, model, sourceCode, aliases) : []));
}

function flowOf(start: Parented, model: FileModel, sourceCode: SourceCode, aliases: number): readonly Accumulation[] {
  const { places, resolver } = model;
  let inner: Parented = start;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const at: Parented | null | undefined = inner.parent;
    if (at === null || at === undefined) return [];
    if (at.type === 'AssignmentExpression') return at.right === inner ? assigned(at, model, sourceCode) : [];
    if (at.type === 'VariableDeclarator' && at.init === inner && at.id.type === 'Identifier' && aliases < MAX_ALIASES) {
      const variable = resolver.variableOf(at.id);
      return variable === undefined ? [] : accumulationsOf(variable, model, sourceCode, aliases + 1);
    }
    if (at.type === 'MemberExpression') {
      const isValue = propertyOf(at) === 'value' || (at.parent?.type === 'CallExpression' && at.parent.callee === at && HOLDING.has(propertyOf(at) ?? ''));
      if (at.object !== inner || !isValue) return [];
    } else if (at.type === 'CallExpression' || at.type === 'NewExpression') {
      if (at.callee !== inner) {
        const callee = unwrapped(at.callee);
        const method = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
        const place = callee?.type === 'MemberExpression' ? places.of(callee.object) : undefined;
        if (ADDING.has(method ?? '')) return place !== undefined && isCollection(place, model) ? [{ place, node: at }] : [];
        if (!HOLDING.has(method ?? '')) return [];
      }
    } else if (!PASSES.has(at.type)) return [];
    inner = at;
  }
  return [];
}

const PASSES = new Set([
  'BinaryExpression', 'TemplateLiteral', 'ArrayExpression', 'SpreadElement', 'ConditionalExpression', 'LogicalExpression', 'ObjectExpression', 'Property', 'AwaitExpression',
  'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression',
]);

/** `text += x`, `text = text + x`, `list = [...list, x]`, `list[list.length] = x`. */
function assigned(node: ESTree.AssignmentExpression, { places }: FileModel, sourceCode: SourceCode): readonly Accumulation[] {
  const isIndexed = node.left.type === 'MemberExpression' && node.left.computed && propertyOf(node.left) === undefined;
  const place = places.of(isIndexed ? (node.left as ESTree.MemberExpression).object : node.left);
  if (place === undefined) return [];
  if (isIndexed || node.operator === '+=') return [{ place, node }];
  const right = unwrapped(node.right);
  if (node.operator !== '=' || right === undefined || !isJoining(right)) return [];
  return someInside(right, sourceCode, (part) => places.of(part) === place) ? [{ place, node }] : [];
}

function isJoining(node: ESTree.Node): boolean {
  if (node.type === 'CallExpression') return node.callee.type === 'MemberExpression' && propertyOf(node.callee) === 'concat';
  if (node.type === 'ConditionalExpression') return isJoining(node.consequent) || isJoining(node.alternate);
  return ['BinaryExpression', 'TemplateLiteral', 'ArrayExpression'].includes(node.type);
}

/** Whether some line of the file makes it an array or a set: streams have push() too. */
function isCollection(place: Place, { places, resolver }: FileModel): boolean {
  return places.usesOf(place).some((use) => {
    const { parent } = use as Parented;
    const value = unwrapped(valueFor(parent, use));
    return value?.type === 'ArrayExpression' || /^(new )?global#(Array|Set)(\(\))?$|^new (bl|buffer-list)#/.test(resolver.pathOf(value) ?? '');
  });
}

function valueFor(parent: Parented | null | undefined, use: ESTree.Node): ESTree.Node | null | undefined {
  if (parent?.type === 'VariableDeclarator') return parent.init;
  if (parent?.type === 'AssignmentExpression' && parent.left === use) return parent.right;
  if ((parent?.type === 'PropertyDefinition' || parent?.type === 'Property') && parent.key === use) return parent.value;
  return undefined;
}
