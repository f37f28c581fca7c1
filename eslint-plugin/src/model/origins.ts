import type * as ESTree from 'estree';

import { destructuredPath, propertyOf, unwrapped, type Resolver } from './resolver.js';

/** Where values come from, by all ways that names tell: `(secure ? https : http).get` is `https#get` and `http#get`. */
export interface Origins {
  readonly pathsOf: (node: object | null | undefined) => readonly string[];
}

const MAX_STEPS = 8;

/**
 * The resolver's paths, and also those of branches, of variables that are assigned more than once, and of parameters.
 *
 * @param pathsOfParameter what is known of a parameter, such as that of a callback of `then`
 */
export function makeOrigins(resolver: Resolver, pathsOfParameter: (owner: object, name: string) => readonly string[]): Origins {
  const known = new WeakMap<object, readonly string[]>();

  function pathsOf(given: object | null | undefined, steps = 0): readonly string[] {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return [];
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, []); // A circle has no beginning.
    const whole = resolver.pathOf(node);
    const found = whole === undefined ? parts(node, steps + 1) : [whole];
    known.set(node, found);
    return found;
  }

  function parts(node: ESTree.Node, steps: number): readonly string[] {
    if (node.type === 'AwaitExpression') return pathsOf(node.argument, steps);
    if (node.type === 'ConditionalExpression') return [...pathsOf(node.consequent, steps), ...pathsOf(node.alternate, steps)];
    if (node.type === 'LogicalExpression') return [...pathsOf(node.left, steps), ...pathsOf(node.right, steps)];
    if (node.type === 'CallExpression') return pathsOf(node.callee, steps).map((path) => `${path}()`);
    if (node.type === 'NewExpression') return pathsOf(node.callee, steps).map((path) => `new ${path}`);
    if (node.type === 'MemberExpression') {
      const name = propertyOf(node);
      return name === undefined ? [] : members(pathsOf(node.object, steps), name);
    }
    return node.type === 'Identifier' ? ofName(node, steps) : [];
  }

  function ofName(node: ESTree.Identifier, steps: number): readonly string[] {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return [];
    if (definition.type === 'Parameter') return pathsOfParameter(definition.node, node.name);
    if (definition.type !== 'Variable') return [];
    const { id, init } = definition.node;
    if (id.type === 'ObjectPattern') {
      const path = destructuredPath(id, node.name);
      return path === undefined ? [] : members(pathsOf(init, steps), path);
    }
    return variable.references.flatMap(({ writeExpr }) => (writeExpr ? pathsOf(writeExpr, steps) : []));
  }

  return { pathsOf: (node) => pathsOf(node) };
}

const members = (paths: readonly string[], name: string): readonly string[] => paths.map((path) => (path.endsWith('#') ? `${path}${name}` : `${path}.${name}`));
