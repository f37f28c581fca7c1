import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceCode } from 'eslint';

import { makeResolver, type Resolver } from './model/resolver.js';

const known = new WeakMap<object, Resolver>();

/**
 * What an expression is called where it comes from, such as `cluster#workers` or `global#setTimeout`, however it was imported: for rules that need names and
 * neither handlers nor calls, which cost more.
 *
 * @returns `undefined` for what is of this file, or not known
 */
export function nameOf(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string | undefined {
  return resolverOf(sourceCode).pathOf(node);
}

/** The resolver of a file, made once. */
export function resolverOf(sourceCode: Readonly<TSESLint.SourceCode>): Resolver {
  let resolver = known.get(sourceCode);
  if (resolver === undefined) {
    resolver = makeResolver(sourceCode as unknown as SourceCode); // The same object, in the words of another package.
    known.set(sourceCode, resolver);
  }
  return resolver;
}
