import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';
import { someInside } from './walk.js';

/** Something that makes a collection or text larger. */
export interface Growth {
  readonly place: Place;
  readonly node: ESTree.Node;
  /** The key that is set, or the member of a set; undefined for arrays and texts, which grow each time. */
  readonly key?: ESTree.Node;
  /** It is a collection inside of the place's that grows: `map.get(k).push(v)`. */
  readonly isInner: boolean;
}

interface Held {
  readonly place: Place;
  readonly isInner: boolean;
}

const KEYED = new Set(['set', 'add']);
const APPENDING = new Set(['push', 'unshift']);
const READING = new Set(['get']);
/** What an assignment that adds something may have on its right. */
const JOINING: ReadonlySet<string> = new Set(['ArrayExpression', 'ObjectExpression', 'CallExpression', 'BinaryExpression', 'TemplateLiteral']);
const MAX_STEPS = 6;

const known = new WeakMap<FileModel, readonly Growth[]>();

/** Every growth of a file, in the order of the text. Several rules ask: it is found once. */
export function growthsOf(model: FileModel, sourceCode: SourceCode): readonly Growth[] {
  const growths = known.get(model) ?? findGrowths(model, sourceCode);
  known.set(model, growths);
  return growths;
}

function findGrowths(model: FileModel, sourceCode: SourceCode): readonly Growth[] {
  const { nodes, places, resolver, callersOf } = model;

  /** The place of what grows: a name or member, what is looked up in one, or what a helper is called with. */
  function heldBy(given: object | null | undefined, steps = 0): readonly Held[] {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return [];
    const inner = (part: object): readonly Held[] => heldBy(part, steps + 1).map(({ place }) => ({ place, isInner: true }));
    if (node.type === 'LogicalExpression') return heldBy(node.left, steps + 1);
    if (node.type === 'CallExpression') return node.callee.type === 'MemberExpression' && READING.has(propertyOf(node.callee) ?? '') && node.callee.object.type !== 'Super' ? inner(node.callee.object) : [];
    if (node.type === 'MemberExpression' && node.computed && propertyOf(node) === undefined && node.object.type !== 'Super') return inner(node.object);
    if (node.type === 'Identifier') {
      const definition = resolver.variableOf(node)?.defs[0];
      if (definition?.type === 'Parameter') return ofArguments(definition.node, node.name, steps);
      const value = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? unwrapped(definition.node.init) : undefined;
      // const list = map.get(k) ?? []; list.push(v)
      if (value !== undefined && isLookup(value)) return heldBy(value, steps + 1);
    }
    const place = places.of(node);
    return place === undefined ? [] : [{ place, isInner: false }];
  }

  function ofArguments(owner: FunctionNode, name: string, steps: number): readonly Held[] {
    const position = owner.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
    return position < 0 ? [] : callersOf(owner).flatMap((call) => heldBy(call.arguments[position], steps + 1));
  }

  function ofCall(node: ESTree.SimpleCallExpression): readonly Growth[] {
    if (node.callee.type !== 'MemberExpression' || node.callee.object.type === 'Super') return [];
    const method = propertyOf(node.callee) ?? '';
    const [key] = node.arguments;
    if (key === undefined || (!KEYED.has(method) && !APPENDING.has(method))) return [];
    return heldBy(node.callee.object).map((held) => ({ ...held, node, ...(KEYED.has(method) && { key }) }));
  }

  function ofAssignment(node: ESTree.AssignmentExpression): readonly Growth[] {
    const left = unwrapped(node.left);
    if (left?.type === 'MemberExpression' && left.computed && propertyOf(left) === undefined) {
      const { object, property: key } = left;
      return object.type === 'Super' || key.type === 'PrivateIdentifier' ? [] : heldBy(object).map((held) => ({ ...held, node, key }));
    }
    if (node.operator !== '+=' && !(node.operator === '=' && JOINING.has(unwrapped(node.right)?.type ?? ''))) return [];
    const place = places.of(left);
    if (place === undefined) return [];
    if (node.operator === '+=') return [{ place, node, isInner: false }];
    return isJoined(node.right, place) ? [{ place, node, isInner: false, ...keyIn(node.right) }] : [];
  }

  /** `[...list, x]`, `{ ...map, [k]: v }`, `list.concat(x)`, `text + x`. */
  function isJoined(given: ESTree.Node, place: Place): boolean {
    const right = unwrapped(given);
    const isIt = (part: object | null | undefined): boolean => places.of(part) === place;
    if (right?.type === 'ArrayExpression') return right.elements.length > 1 && right.elements.some((element) => element?.type === 'SpreadElement' && isIt(element.argument));
    if (right?.type === 'ObjectExpression') return right.properties.some((property) => property.type === 'SpreadElement' && isIt(property.argument)) && right.properties.some((property) => property.type === 'Property' && property.computed);
    if (right?.type === 'CallExpression') return right.callee.type === 'MemberExpression' && propertyOf(right.callee) === 'concat' && isIt(right.callee.object);
    if (right?.type === 'BinaryExpression') return right.operator === '+' && (isIt(right.left) || isIt(right.right));
    return right?.type === 'TemplateLiteral' && someInside(right, sourceCode, isIt);
  }

  return [...nodes.of('CallExpression').flatMap(ofCall), ...nodes.of('AssignmentExpression').flatMap(ofAssignment)]
    .filter(({ node }) => functionAround(node) !== undefined)
    .sort((one, other) => (one.node.range?.[0] ?? 0) - (other.node.range?.[0] ?? 0));
}

function isLookup(node: ESTree.Node): boolean {
  const value = node.type === 'LogicalExpression' ? (unwrapped(node.left) ?? node) : node;
  if (value.type === 'CallExpression') return value.callee.type === 'MemberExpression' && READING.has(propertyOf(value.callee) ?? '');
  return value.type === 'MemberExpression' && value.computed && propertyOf(value) === undefined;
}

/** `k` of `{ ...map, [k]: v }`. */
function keyIn(node: ESTree.Node): { readonly key?: ESTree.Node } {
  const computed = node.type === 'ObjectExpression' ? node.properties.find((property) => property.type === 'Property' && property.computed) : undefined;
  return computed?.type === 'Property' ? { key: computed.key } : {};
}
