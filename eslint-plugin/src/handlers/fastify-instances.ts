import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { propertyOf, unwrapped, type Resolver } from '../model/resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const MAX_DEPTH = 8;

/** Whether a name is the application of Fastify that a plugin gets: `fastify.register(async (scope) => …)`, `fp(async (scope) => …)`. */
export function isFastifyInstance(given: object | undefined, resolver: Resolver, depth = 0): boolean {
  const node = unwrapped(given);
  if (node?.type !== 'Identifier' || depth > MAX_DEPTH) return false;
  const definition = resolver.variableOf(node)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
  const [first] = definition.node.params;
  const call = (definition.node as Parented).parent;
  if (first?.type !== 'Identifier' || first.name !== node.name || call?.type !== 'CallExpression' || call.arguments[0] !== definition.node) return false;
  if (/^fastify-plugin#/.test(resolver.pathOf(call.callee) ?? '')) return true;
  const callee = unwrapped(call.callee);
  if (callee?.type !== 'MemberExpression' || propertyOf(callee) !== 'register') return false;
  return resolver.pathOf(callee.object)?.startsWith('fastify#') === true || isFastifyInstance(callee.object, resolver, depth + 1);
}
