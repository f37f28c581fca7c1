import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { constantExpression } from './options.js';
import { propertyOf, unwrapped, type Resolver } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: ESTree.Node | null };

/** The last is of prom-client's registries. */
const LOOKUPS = new Set(['get', 'has', 'peek', 'getSingleMetric']);
const ONCE = /^(once|memoize|memoise|lazy|memo|onceify|singleton)$/i;

/**
 * Whether an expression runs only the first time its function is called: on the right of `??=`, behind `if (!cache)`, behind `cache.get(x) ||`,
 * or in `once(() => …)`. What it assigns must outlive the call.
 */
export function isLazy(node: ESTree.Node, resolver: Resolver): boolean {
  let inner: Parented = node;
  let at = (node as Parented).parent as Parented | null | undefined;
  while (at !== null && at !== undefined) {
    if (at.type === 'AssignmentExpression' && (at.operator === '??=' || at.operator === '||=') && at.right === inner && outlives(at.left, resolver)) return true;
    if (at.type === 'LogicalExpression' && at.operator !== '&&' && at.right === inner && outlives(looked(at.left), resolver)) return true;
    if (at.type === 'IfStatement' && at.consequent === inner && isMissingTest(at.test, resolver)) return true;
    if (at.type === 'ConditionalExpression' && at.alternate === inner && outlives(looked(at.test), resolver)) return true;
    // if (cache) return cache; in front of it.
    if (at.type === 'BlockStatement' && returnsEarly(at, inner, resolver)) return true;
    if (isFunction(at)) return isGivenToOnce(at);
    inner = at;
    at = at.parent;
  }
  return false;
}

function returnsEarly(block: ESTree.BlockStatement, inner: ESTree.Node, resolver: Resolver): boolean {
  return block.body.slice(0, block.body.indexOf(inner as ESTree.Statement)).some((statement) => {
    if (statement.type !== 'IfStatement') return false;
    const { consequent } = statement;
    const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
    return last?.type === 'ReturnStatement' && outlives(looked(statement.test), resolver);
  });
}

/** `!cache`, `cache === undefined`, `!cache.has(key)`, `cache == null`. */
function isMissingTest(test: ESTree.Expression, resolver: Resolver): boolean {
  if (test.type === 'UnaryExpression' && test.operator === '!') return outlives(looked(test.argument), resolver);
  if (test.type === 'BinaryExpression' && /^===?$/.test(test.operator)) return outlives(looked(test.left), resolver);
  return test.type === 'LogicalExpression' && (isMissingTest(test.left, resolver) || isMissingTest(test.right, resolver));
}

/** `cache` of `cache.get(key)`, of `await cache.get(key)`, of `cache !== undefined`, of `!!cache`. */
function looked(node: ESTree.Node): ESTree.Node {
  const value = unwrapped(node) ?? node;
  if (value.type === 'BinaryExpression') return looked(value.left);
  if (value.type === 'AwaitExpression') return looked(value.argument);
  if (value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && LOOKUPS.has(propertyOf(value.callee) ?? '')) return value.callee.object;
  return value;
}

/** Module level, a field, or a variable of an outer function: still there at the next call. */
function outlives(node: ESTree.Node, resolver: Resolver): boolean {
  let value = unwrapped(node);
  let isMember = false;
  while (value?.type === 'MemberExpression') {
    isMember = true;
    value = unwrapped(value.object);
  }
  if (value?.type === 'ThisExpression') return isMember;
  if (value?.type !== 'Identifier') return false;
  const variable = resolver.variableOf(value);
  const definition = variable?.defs[0];
  if (definition === undefined) return isMember && /^global(This)?$/.test(value.name);
  if (variable === undefined || definition.type === 'Parameter') return false;
  if (definition.type === 'ImportBinding') return true;
  // Pool.instance
  if (definition.type === 'ClassName') return isMember;
  // `const hit = cache.get(key); if (hit) return hit;`: what it was looked up in counts.
  const source = lookedUpIn(definition, resolver);
  if (source !== undefined) return outlives(source, resolver);
  if (['module', 'global'].includes(variable.scope.type)) return true;
  const declaredIn = variable.scope.variableScope.block;
  return isFunction(declaredIn) && !isAround(value, declaredIn);
}

/** `cache` of `const hit = cache.get(key)` and of `const hit = cache[key]`. */
function lookedUpIn(definition: Scope.Definition, resolver: Resolver): ESTree.Node | undefined {
  const init = definition.type === 'Variable' ? unwrapped(definition.node.init) : undefined;
  if (init === undefined) return undefined;
  if (init.type === 'MemberExpression' && init.computed) return isTable(constantExpression(init.object, resolver)) ? undefined : init;
  const source = looked(init);
  return source === init ? undefined : source;
}

/** What is written out is no cache. */
function isTable(node: ESTree.Node | undefined): boolean {
  return (node?.type === 'ObjectExpression' && node.properties.length > 0) || (node?.type === 'ArrayExpression' && node.elements.length > 0);
}

/** Whether the nearest function around a name is the given one. */
function isAround(name: Parented, declaredIn: ESTree.Node): boolean {
  let at = name.parent as Parented | null | undefined;
  while (at !== null && at !== undefined && !isFunction(at)) at = at.parent;
  return at === declaredIn;
}

/** Not `bus.once('x', () => …)`: there the event comes first. */
function isGivenToOnce(node: ESTree.Node): boolean {
  const { parent } = node as Parented;
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== node) return false;
  const callee = unwrapped(parent.callee);
  const name = callee?.type === 'Identifier' ? callee.name : callee?.type === 'MemberExpression' ? propertyOf(callee) : undefined;
  return name !== undefined && ONCE.test(name);
}
