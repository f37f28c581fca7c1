import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { BodyReader } from '../model/body-readers.js';
import { functionAround, type FileModel } from '../model/model.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What a suggestion allows; to be set by whoever takes it. */
const LIMIT = '1_000_000';

/** Counts the bytes that a reader gets, and stops. Undefined where the reader has no plain block or name to put that into. */
export function limitBody({ node, kind, stream, body, chunks }: BodyReader, model: FileModel, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const [chunk] = chunks;
  const statement = statementAround(node);
  if (kind !== 'request' || chunk === undefined || statement === undefined || /\b(sizeBytes|bodyBytes)\b/.test(sourceCode.text)) return undefined;
  const isListener = isFunction(body);
  if (isListener && (body.params[0]?.type !== 'Identifier' || node.type !== 'CallExpression' || !isWrittenThere(body, node))) return undefined;
  if (!isListener && node.type !== 'ForOfStatement') return undefined;
  const source = sourceCode.getText(stream);
  if (!/^[\w.]+$/.test(source)) return undefined;
  const stop = isListener ? `${source}.destroy(); return;` : stopLoop(node, model);
  const guard = `sizeBytes += ${chunk.name}.length; if (sizeBytes > ${LIMIT}) { ${stop} }`;
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  const content = isListener ? body.body : body;
  return (fixer) => [
    fixer.insertTextBefore(statement, `let sizeBytes = 0;\n${indent}`),
    ...(content.type === 'BlockStatement'
      ? [fixer.insertTextAfterRange([content.range?.[0] ?? 0, (content.range?.[0] ?? 0) + 1], ` ${guard}`)]
      : [fixer.insertTextBefore(content, `{ ${guard} `), fixer.insertTextAfter(content, isListener ? '; }' : ' }')]),
  ];
}

/** A handler has nobody to throw at; whoever calls a helper waits for what it returns. */
function stopLoop(node: ESTree.Node, { handlers }: FileModel): string {
  const around = functionAround(node);
  return handlers.some((handler) => handler.node === around) ? 'return;' : "throw new Error('The body is too large');";
}

const isWrittenThere = (body: ESTree.Node, call: ESTree.SimpleCallExpression): boolean => call.arguments.some((argument) => argument === body);

/** Undefined in an arrow without a block, which has no place for a declaration. */
function statementAround(node: Parented): Parented | undefined {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) {
    if (at.parent?.type === 'BlockStatement' || at.parent?.type === 'Program') return at;
    if (isFunction(at)) return undefined;
  }
  return undefined;
}
