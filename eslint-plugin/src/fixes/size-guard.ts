import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { CollectionKind } from '../model/collections.js';
import type { Growth } from '../model/growth.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const GUARDS: Readonly<Partial<Record<CollectionKind, (name: string) => string>>> = {
  map: (name) => `if (${name}.size >= 10_000) ${name}.clear();`,
  set: (name) => `if (${name}.size >= 10_000) ${name}.clear();`,
  array: (name) => `if (${name}.length >= 10_000) ${name}.shift();`,
};

/** Empties a full collection before more is added. Undefined where there is no statement to put that before. */
export function guardSize({ place, node, isInner }: Growth, kind: CollectionKind): Rule.ReportFixer | undefined {
  const guard = GUARDS[kind];
  const statement = statementAround(node);
  if (guard === undefined || statement === undefined || isInner || !/^[\w.#]+$/.test(place.name)) return undefined;
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  return (fixer) => fixer.insertTextBefore(statement, `${guard(place.name)}\n${indent}`);
}

function statementAround(node: Parented): Parented | undefined {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) {
    if (at.parent?.type === 'BlockStatement') return at;
    if (isFunction(at)) return undefined;
  }
  return undefined;
}
