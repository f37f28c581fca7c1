import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/**
 * Whether code fills a collection once: behind `if (!loaded)`, `if (list.length === 0)`, after `if (loaded) return`. A lookup of a key is none:
 * each new key comes through.
 */
export function isLoadedOnce(node: ESTree.Node, grown: Place, { places }: FileModel): boolean {
  let inner = node as Parented;
  for (let at = inner.parent; at !== null && at !== undefined; inner = at, at = at.parent) {
    if (at.type === 'IfStatement' && at.consequent === inner && isMissing(at.test)) return true;
    if (at.type === 'LogicalExpression' && at.operator !== '&&' && at.right === inner && outlives(at.left)) return true;
    if (at.type === 'AssignmentExpression' && /^(\?\?|\|\|)=$/.test(at.operator) && at.right === inner && outlives(at.left)) return true;
    if (at.type === 'BlockStatement' && at.body.slice(0, at.body.indexOf(inner as ESTree.Statement)).some(isReturnedFrom)) return true;
    if (isFunction(at) && !['CallExpression', 'NewExpression'].includes((at as Parented).parent?.type ?? '')) return false;
  }
  return false;

  /** `if (loaded) return;` */
  function isReturnedFrom(statement: ESTree.Node): boolean {
    if (statement.type !== 'IfStatement') return false;
    const last = statement.consequent.type === 'BlockStatement' ? statement.consequent.body.at(-1) : statement.consequent;
    return last?.type === 'ReturnStatement' && (outlives(statement.test) || isSize(statement.test));
  }

  function isMissing(test: ESTree.Expression): boolean {
    if (test.type === 'UnaryExpression' && test.operator === '!') return outlives(test.argument) || isSize(test.argument);
    if (test.type === 'BinaryExpression') return /^===?$/.test(test.operator) && test.left.type !== 'PrivateIdentifier' && (isSize(test.left) || outlives(test.left));
    return test.type === 'LogicalExpression' && (isMissing(test.left) || isMissing(test.right));
  }

  /** A flag or value of the module, of a factory or of an object, by its name alone. */
  function outlives(given: ESTree.Node): boolean {
    const name = unwrapped(given);
    if (name?.type !== 'Identifier' && name?.type !== 'MemberExpression') return false;
    const place = places.of(name);
    return place !== undefined && typeof place.root !== 'string' && ['process', 'instance', 'call'].includes(place.life) && isDeclaredOutside(place);
  }

  function isDeclaredOutside({ root }: Place): boolean {
    const { scope, defs } = root as { readonly scope?: { readonly variableScope: { readonly block: ESTree.Node } }; readonly defs?: readonly { readonly type: string }[] };
    if (scope === undefined) return true;
    if (defs?.[0]?.type === 'Parameter') return false;
    const { block } = scope.variableScope;
    for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (isFunction(at)) return at !== block;
    return false;
  }

  /** `list.length`, `map.size` of what is filled. */
  function isSize(given: ESTree.Node): boolean {
    const member = unwrapped(given);
    return member?.type === 'MemberExpression' && /^(size|length)$/.test(propertyOf(member) ?? '') && places.of(member.object) === grown;
  }
}
