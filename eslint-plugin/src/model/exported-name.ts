import type * as ESTree from 'estree';

import { unwrapped, type Resolver } from './resolver.js';

/**
 * What a decorator or an interface is called where it comes from: `Get` for `@Get()`, for `@Fetch()` after `import { Get as Fetch }`, and for `@nest.Get()`;
 * the name itself where that is of this file, or nobody's.
 */
export function exportedName(given: object, resolver: Resolver): string | undefined {
  const node = unwrapped(given);
  const called: ESTree.Node | undefined = node?.type === 'CallExpression' ? node.callee : node;
  if (called?.type !== 'Identifier' && called?.type !== 'MemberExpression') return undefined;
  const path = resolver.pathOf(called);
  const exported = path === undefined ? undefined : /#([\w$]+)$/.exec(path)?.[1];
  return exported ?? (called.type === 'Identifier' ? called.name : undefined);
}
