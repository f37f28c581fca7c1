import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceCode } from 'eslint';

import { resolverOf as resolverOfFile, type Resolver } from './model/resolver.js';

/**
 * What an expression is called where it comes from, such as `cluster#workers` or `global#setTimeout`, however it was imported: for rules that need names and
 * neither handlers nor calls, which cost more.
 *
 * @returns `undefined` for what is of this file, or not known
 */
export function nameOf(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string | undefined {
  return resolverOf(sourceCode).pathOf(node);
}

/** The resolver of a file, as the rules have it that are written in the words of typescript-eslint. */
export function resolverOf(sourceCode: Readonly<TSESLint.SourceCode>): Resolver {
  return resolverOfFile(sourceCode as unknown as SourceCode); // The same object.
}
