import type * as ESTree from 'estree';

import { constantExpression, optionOf } from '../model/options.js';
import { keyOf, type Resolver } from '../model/resolver.js';
import type { Mark } from './find-handlers.js';

/** `new ApolloServer({ typeDefs, resolvers })`, `app.register(mercurius, { schema, resolvers })` and the like: a server of GraphQL calls the functions in there for every request. */
export function byResolvers(call: ESTree.SimpleCallExpression | ESTree.NewExpression, resolver: Resolver, mark: Mark): void {
  for (const given of call.arguments) {
    if (given.type !== 'ObjectExpression' || !given.properties.some((property) => property.type === 'Property' && /^(typeDefs|schema)$/.test(keyOf(property) ?? ''))) continue;
    const resolvers = optionOf(given, ['resolvers'], resolver);
    if (typeof resolvers === 'string') continue;
    const list = resolvers.type === 'ArrayExpression' ? resolvers.elements : [resolvers];
    for (const one of list) for (const [type, fields] of membersOf(one, resolver)) for (const [field, value] of membersOf(fields, resolver)) markField(value, `resolver ${type}.${field}`, resolver, mark);
  }
}

/** A function, or an object with `resolve` or `subscribe`. */
function markField(value: ESTree.Node, name: string, resolver: Resolver, mark: Mark): void {
  const inner = membersOf(value, resolver).filter(([key]) => key === 'resolve' || key === 'subscribe');
  for (const [, found] of inner) mark(found, 'request', name, found);
  if (inner.length === 0 && value.type !== 'ObjectExpression') mark(value, 'request', name, value);
}

function membersOf(given: object | null | undefined, resolver: Resolver): readonly (readonly [string, ESTree.Node])[] {
  const node = constantExpression(given, resolver);
  return node?.type !== 'ObjectExpression' ? [] : node.properties.flatMap((property) => (property.type === 'Property' ? [[keyOf(property) ?? '', property.value]] : []));
}
