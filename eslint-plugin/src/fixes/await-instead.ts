import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { FS_PROMISES, PROCESSES, PROMISIFIED, PROMISING, WITH_OPTIONS_OF_THEIR_OWN } from '../data/async-forms.js';
import type { FileModel } from '../model/model.js';
import { importName, type ImportedName } from './import-name.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

export interface AwaitFix {
  /** What is awaited, such as `fs.promises.readFile()`. */
  readonly name: string;
  readonly fix: Rule.ReportFixer;
}

interface Form {
  /** What stands for the callee. */
  readonly callee: string;
  readonly imports: readonly ImportedName[];
  readonly member?: string;
}

/** Awaits the asynchronous form of a blocking call. Undefined outside of async functions, and where there is no form that takes and gives the same. */
export function awaitInstead(call: ESTree.SimpleCallExpression, path: string, model: FileModel, sourceCode: SourceCode): AwaitFix | undefined {
  const { callee, optional } = call;
  if (optional || callee.type === 'Super' || (callee.type === 'MemberExpression' && callee.optional) || !canAwait(call)) return undefined;
  const form = asyncForm(call, path, model, sourceCode);
  const isBracketed = form?.member !== undefined || needsBrackets(call);
  if (form === undefined || (isBracketed && mayContinueLineBefore(call, sourceCode))) return undefined;
  const [start, end] = isBracketed ? ['(await ', `)${form.member ?? ''}`] : ['await ', ''];
  return {
    name: `${form.callee}()`,
    fix: (fixer) => [...form.imports.flatMap(({ add }) => add(fixer)), fixer.replaceText(callee, `${start}${form.callee}`), ...(end === '' ? [] : [fixer.insertTextAfter(call, end)])],
  };
}

function asyncForm(call: ESTree.SimpleCallExpression, path: string, model: FileModel, sourceCode: SourceCode): Form | undefined {
  const [module = '', called = ''] = path.split('#');
  const name = called.replace(/Sync$/, '');
  // `fs` of `fs.readFileSync`; undefined for names that were imported by themselves.
  const owner = call.callee.type === 'MemberExpression' && !called.includes('.') ? sourceCode.getText(call.callee.object) : undefined;
  const count = call.arguments.length;
  if (module === 'fs') {
    if (!FS_PROMISES.has(name) || (WITH_OPTIONS_OF_THEIR_OWN.has(name) && count > 1)) return undefined;
    if (owner !== undefined) return { callee: `${owner}.promises.${name}`, imports: [] };
    const imported = importName({ module: 'fs/promises', name }, model, sourceCode);
    return imported && { callee: imported.name, imports: [imported] };
  }
  if (PROMISING.test(`${module}#${name}`)) return owner === undefined ? undefined : { callee: `${owner}.${name}`, imports: [] };
  const isProcess = module === 'child_process' && count <= (PROCESSES[name] ?? -1) && call.arguments.every(({ type }, position) => position === 0 || type === 'ArrayExpression');
  if (PROMISIFIED[module]?.has(name) !== true && !isProcess) return undefined;
  const promisify = importName({ module: 'util', name: 'promisify' }, model, sourceCode);
  const imported = owner === undefined ? importName({ module, name }, model, sourceCode) : { name: `${owner}.${name}`, add: () => [] };
  return promisify && imported && { callee: `${promisify.name}(${imported.name})`, imports: [promisify, imported], ...(isProcess && { member: '.stdout' }) };
}

/** Directly in the body of an async function: not in its parameters, nor in a field or static block of a class in it. */
function canAwait(node: Parented): boolean {
  for (let at = node; at.parent !== null && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'StaticBlock' || (parent.type === 'PropertyDefinition' && parent.value === at)) return false;
    if (isFunction(parent)) return parent.async === true && parent.body === at;
  }
  return false;
}

/** `read().toString()`, `read()!`, `read() ** 2` */
function needsBrackets(call: Parented): boolean {
  const parent = call.parent as (Parented & { readonly callee?: unknown; readonly object?: unknown; readonly operator?: unknown }) | null | undefined;
  return parent?.object === call || parent?.callee === call || parent?.operator === '**' || /^(TSNonNull|TaggedTemplate)Expression$/.test(parent?.type ?? '');
}

/** A bracket at the start of a line goes on with a line before that has no semicolon. */
function mayContinueLineBefore(call: ESTree.Node, sourceCode: SourceCode): boolean {
  const before = sourceCode.getTokenBefore(call);
  return before !== null && before.loc.end.line < (call.loc?.start.line ?? 0) && !/^(;|\{|\}|=>|=|,|\(|\[|:|\?|&&|\|\||return)$/.test(before.value);
}
