import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { requestKeptBy } from './kept-by.js';
import { functionAround, type FileModel } from './model.js';
import type { RequestObjects } from './request-objects.js';
import { isAssignedOnce, propertyOf, unwrapped } from './resolver.js';
import { sizeOf } from './sizes.js';

/** Something large that a closure keeps alive by a name that it mentions. */
export interface Capture {
  readonly name: string;
  /** Ends the sentence "'name' (…) is kept alive". */
  readonly what: string;
  /** Where the closure reads it; empty if a function that it calls does. */
  readonly reads: readonly ESTree.Identifier[];
}

export interface CaptureGiven {
  readonly model: FileModel;
  readonly sourceCode: SourceCode;
  readonly requests: RequestObjects;
  /** Buffers from this size on count. */
  readonly minBytes: number;
}

const WHOLE_REQUEST = 'headers, socket, body';
const MAX_STEPS = 3;
const ALLOCATES = /^(new )?(global|buffer)#(Buffer\.alloc(Unsafe|UnsafeSlow)?|ArrayBuffer|SharedArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array)(\(\))?$/;
const READS_FILE = /^((global#)?fs|fs\/promises)[#.](promises\.)?readFile(Sync)?$/;
const BODY = /^(body|rawBody|payload)$/;
const GIVES_BODY = /^(json|text|formData|arrayBuffer|blob|bytes|parseBody)$/;

/** The functions of this file that a value is, or holds as a member; `f.bind(x)` is asked for what is bound. */
export function closuresIn(given: object | null | undefined, model: FileModel, steps = 0): readonly FunctionNode[] {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return [];
  if (isFunction(node)) return [node];
  const inner = (part: object | null | undefined): readonly FunctionNode[] => closuresIn(part, model, steps + 1);
  if (node.type === 'ObjectExpression') return node.properties.flatMap((property) => (property.type === 'Property' ? inner(property.value) : []));
  if (node.type === 'ArrayExpression') return node.elements.flatMap(inner);
  if (node.type !== 'Identifier') return [];
  return model.targets.of(node).flatMap((target) => (typeof target === 'number' ? (model.functions.list[target] ?? []) : [])).filter((each) => functionAround(each) !== undefined);
}

/** The receiver and arguments of `f.bind(x, y)`. */
export function boundIn(given: object | null | undefined): readonly ESTree.Node[] {
  const node = unwrapped(given);
  const callee = node?.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
  if (node?.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || propertyOf(callee) !== 'bind') return [];
  return node.arguments.filter((argument) => argument.type !== 'SpreadElement');
}

/** What a closure keeps alive of the function around it. */
export function capturesOf(closure: FunctionNode, given: CaptureGiven, steps = 0): readonly Capture[] {
  const readsOf = new Map<Scope.Variable, ESTree.Identifier[]>();
  for (const { resolved, identifier, isTypeReference } of throughOf(closure, given.sourceCode)) {
    if (resolved === null || isTypeReference === true || ['module', 'global'].includes(resolved.scope.type)) continue;
    readsOf.set(resolved, [...(readsOf.get(resolved) ?? []), identifier]);
  }
  return [...readsOf].flatMap(([variable, reads]): readonly Capture[] => {
    const [read] = reads;
    if (read === undefined) return [];
    const what = whatIs(read, variable, reads, given);
    if (what !== undefined) return [{ name: read.name, what, reads }];
    // What it calls is kept with what that keeps.
    return steps >= MAX_STEPS ? [] : closuresIn(read, given.model).filter((each) => each !== closure).flatMap((each) => capturesOf(each, given, steps + 1).map((capture) => ({ ...capture, reads: [] })));
  });
}

interface Through {
  readonly resolved: Scope.Variable | null;
  readonly identifier: ESTree.Identifier;
  readonly isTypeReference?: boolean;
}

function throughOf(closure: FunctionNode, { scopeManager }: SourceCode): readonly Through[] {
  return (scopeManager.acquire(closure, true)?.through ?? []) as unknown as readonly Through[]; // The parser of TypeScript adds a field.
}

function whatIs(read: ESTree.Identifier, variable: Scope.Variable, reads: readonly ESTree.Identifier[], { model, requests, minBytes }: CaptureGiven): string | undefined {
  if (requestKeptBy(read, requests, model) !== undefined) return WHOLE_REQUEST;
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || !isAssignedOnce(variable)) return undefined;
  const { id, init } = definition.node;
  const value = unwrapped(init);
  const awaited = value?.type === 'AwaitExpression' ? unwrapped(value.argument) : value;
  if (awaited === undefined) return undefined;
  // Whoever needs all of it has to keep it.
  if (isBody(id, awaited, read.name, requests)) return reads.every(isMemberRead) ? 'the whole body' : undefined;
  if (id.type !== 'Identifier' || (awaited.type !== 'CallExpression' && awaited.type !== 'NewExpression')) return undefined;
  const path = model.resolver.pathOf(awaited.type === 'NewExpression' ? awaited : awaited.callee) ?? '';
  if (READS_FILE.test(path)) return 'a whole file';
  const sizeBytes = ALLOCATES.test(path) ? sizeOf(awaited.arguments[0], model.resolver) : undefined;
  return sizeBytes !== undefined && sizeBytes >= minBytes ? `${Math.round(sizeBytes / 2 ** 20)} MiB` : undefined;
}

/** `const body = req.body`, `const { body } = req`, `const order = await c.req.json()` */
function isBody(id: ESTree.Pattern, value: ESTree.Node, name: string, requests: RequestObjects): boolean {
  if (id.type === 'ObjectPattern') return BODY.test(name) && requests.of(value) !== undefined;
  if (value.type === 'MemberExpression') return BODY.test(propertyOf(value) ?? '') && requests.of(value.object) !== undefined;
  return value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && GIVES_BODY.test(propertyOf(value.callee) ?? '') && requests.of(value.callee.object) !== undefined;
}

function isMemberRead(read: ESTree.Identifier): boolean {
  const { parent } = read as ESTree.Identifier & { readonly parent?: ESTree.Node };
  return parent?.type === 'MemberExpression' && parent.object === read;
}
