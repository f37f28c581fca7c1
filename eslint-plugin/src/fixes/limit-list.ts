import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Throws before the work begins if the list is too long. Undefined where the list has no plain name, is read elsewhere, or there is no place for a statement. */
export function limitList(list: ESTree.Node, before: ESTree.Node, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const [start = 0, end = 0] = before.range ?? [];
  const [listStart = 0] = list.range ?? [];
  if (listStart < start || listStart >= end) return undefined;
  const text = sourceCode.getText(list);
  const statement = statementAround(before);
  if (statement === undefined || !/^[A-Za-z_$][\w$]*(\??\.[\w$]+)*$/.test(text)) return undefined;
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  return (fixer) => fixer.insertTextBefore(statement, `if (${text}.length > 100) throw new RangeError('At most 100 elements are allowed');\n${indent}`);
}

function statementAround(node: Parented): Parented | undefined {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) {
    if (at.parent?.type === 'BlockStatement') return at;
    if (isFunction(at)) return undefined;
  }
  return undefined;
}
