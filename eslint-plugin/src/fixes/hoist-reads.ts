import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { PARTS } from '../data/request-objects.js';
import type { FunctionNode } from '../cross-file/functions.js';
import { functionAround } from '../model/model.js';
import { isTaken } from './free-name.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

interface Read {
  /** `req.body.id` */
  readonly node: ESTree.Node;
  /** `req.body` */
  readonly from: string;
  readonly name: string;
}

/**
 * Reads members before a closure, so that it keeps these and not what they are members of: `const { id } = req.body;`.
 * Undefined where it does more than read, or a name is taken.
 *
 * @param identifiers all that the closure reads of what it should not keep
 */
export function hoistReads(closure: FunctionNode, identifiers: readonly ESTree.Identifier[], sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const reads = identifiers.map((identifier) => readAt(identifier, sourceCode));
  const statement = statementAround(closure);
  const handler = functionAround(closure);
  if (statement === undefined || handler === undefined || reads.length === 0 || !reads.every((read) => read !== undefined)) return undefined;
  const fromOf = new Map<string, string>();
  for (const { from, name } of reads) {
    if (isTaken(name, handler, sourceCode) || (fromOf.get(name) ?? from) !== from) return undefined;
    fromOf.set(name, from);
  }
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  const declarations = [...new Set(fromOf.values())].map((from) => `const { ${[...fromOf].filter(([, each]) => each === from).map(([name]) => name).join(', ')} } = ${from};\n${indent}`);
  return (fixer) => [fixer.insertTextBefore(statement, declarations.join('')), ...reads.map(({ node, name }) => fixer.replaceText(node, name))];
}

/** The longest chain of plain members, if nothing is called or written there. */
function readAt(identifier: ESTree.Identifier, sourceCode: SourceCode): Read | undefined {
  let node = identifier as Parented;
  let from = '';
  let name = '';
  for (let { parent } = node; parent?.type === 'MemberExpression' && parent.object === node && !parent.computed && !parent.optional && parent.property.type === 'Identifier'; { parent } = node) {
    from = sourceCode.getText(node);
    ({ name } = parent.property);
    node = parent;
  }
  const { parent } = node;
  if (name === '' || PARTS.has(name) || parent === null || parent === undefined) return undefined;
  const isMore = parent.type === 'MemberExpression' || parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete') || parent.type === 'TaggedTemplateExpression'
    || (parent.type === 'AssignmentExpression' && parent.left === node) || (parent.type === 'CallExpression' && parent.callee === node) || parent.type === 'ChainExpression';
  return isMore ? undefined : { node, from, name };
}

/** The statement of a block that a closure is part of. */
function statementAround(closure: FunctionNode): Parented | undefined {
  for (let at: Parented | null | undefined = closure; at !== null && at !== undefined; at = at.parent) {
    if (at.parent?.type === 'BlockStatement') return at;
    if (at.parent?.type === 'ArrowFunctionExpression' && at.parent.body === at) return undefined;
  }
  return undefined;
}
