import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { functionAround, type FileModel } from '../model/model.js';
import { propertyOf } from '../model/resolver.js';
import { importName } from './import-name.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Writes `a.pipe(b).pipe(c)` as `pipeline(a, b, c, …)`. Undefined where its value is used, or where listeners stand between. */
export function toPipeline(pipe: ESTree.SimpleCallExpression, model: FileModel, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const stages = plainStages(pipe);
  const { parent } = pipe as Parented;
  if (stages === undefined || parent === null || parent === undefined) return undefined;
  const owner = functionAround(pipe);
  const isStatement = parent.type === 'ExpressionStatement';
  // Of `(up) => up.pipe(file)`, what comes back is rarely read; of an async one it is awaited.
  const isCallback = parent.type === 'ArrowFunctionExpression' && parent.parent?.type === 'CallExpression' && !parent.async;
  if (!isStatement && !isCallback) return undefined;
  const isAwaited = owner?.async === true && isStatement;
  const imported = importName({ module: isAwaited ? 'stream/promises' : 'stream', name: 'pipeline' }, model, sourceCode);
  if (imported === undefined) return undefined;
  const list = stages.map((stage) => sourceCode.getText(stage)).join(', ');
  const call = isAwaited ? `await ${imported.name}(${list})` : `${imported.name}(${list}, (error) => { if (error) console.error(error); })`;
  return (fixer) => [...imported.add(fixer), fixer.replaceText(pipe, call)];
}

function plainStages(pipe: ESTree.SimpleCallExpression): readonly ESTree.Node[] | undefined {
  const stages: ESTree.Node[] = [];
  let at: ESTree.Node = pipe;
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && propertyOf(at.callee) === 'pipe') {
    const [first] = at.arguments;
    // Options such as { end: false } are for pipe() alone.
    if (first === undefined || at.arguments.length > 1 || at.optional || at.callee.optional || at.callee.object.type === 'Super') return undefined;
    stages.unshift(first);
    at = at.callee.object;
  }
  return isListening(at) ? undefined : [at, ...stages];
}

/** `a.pipe(b).on('finish', f).pipe(c)`: in between there is no place for that. */
function isListening(node: ESTree.Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return propertyOf(node.callee) === 'pipe' || isListening(node.callee.object);
}
