import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { isNode } from '../cross-file/steps.js';
import { unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** A way out of a function on which something that it holds is not settled: released, or handed to somebody else. */
export interface Exit {
  readonly kind: 'await' | 'return' | 'throw' | 'end';
  readonly node: ESTree.Node;
}

export interface Question {
  readonly sourceCode: SourceCode;
  /** What settles it, wherever that stands; in a nested function it settles where that function is written. */
  readonly settles: ReadonlySet<ESTree.Node>;
  /** The names that say whether there is anything to settle: `if (client) …`, `if (error) return`. */
  readonly guards: ReadonlySet<string>;
  /** Whether each `await` counts as a way out, because what it waits for may fail. */
  readonly awaitsThrow: boolean;
}

/** How a piece of code goes on: with the thing held, settled, or not at all. */
type State = 'held' | 'settled' | 'gone';

interface Walk {
  readonly state: State;
  /** Ways out by an error, which a `catch` around may take. */
  readonly throws: readonly Exit[];
  readonly returns: readonly Exit[];
}

/** Ways out of a function that leave something held after the statement that acquires it; empty if there are none. */
export function openExits(acquired: ESTree.Node, question: Question): readonly Exit[] {
  const start = statementOf(acquired);
  if (start === undefined) return [];
  let walk: Walk = { state: contains(start, question) ? 'settled' : 'held', throws: [], returns: [] };
  let inner: Parented = start;
  let at = start.parent;
  for (; at !== null && at !== undefined && !isFunction(at); inner = at, at = at.parent) {
    if ('body' in at && Array.isArray(at.body)) walk = goOn(walk, after(at.body, inner), question);
    else if (at.type === 'SwitchCase') walk = goOn(walk, after(at.consequent, inner), question);
    else if (at.type === 'TryStatement' && at.block === inner) walk = outOfTry(at, walk, question);
    else if (at.type === 'TryStatement' && at.handler === inner && at.finalizer && contains(at.finalizer, question)) return [];
  }
  return [...walk.throws, ...walk.returns, ...(walk.state === 'held' ? [{ kind: 'end' as const, node: at ?? inner }] : [])];
}

function goOn(walk: Walk, statements: readonly ESTree.Node[], question: Question): Walk {
  return walk.state === 'held' ? joined(walk, walkList(statements, question)) : walk;
}

/** The same, of a function that is called with what it has to settle. */
export function openExitsOf({ body }: { readonly body: ESTree.Node }, question: Question): readonly Exit[] {
  if (body.type !== 'BlockStatement') return contains(body, question) ? [] : [{ kind: 'end', node: body }];
  const { state, throws, returns } = walkList(body.body, question);
  return [...throws, ...returns, ...(state === 'held' ? [{ kind: 'end' as const, node: body }] : [])];
}

function walkList(statements: readonly ESTree.Node[], question: Question): Walk {
  let walk: Walk = { state: 'held', throws: [], returns: [] };
  for (const statement of statements) {
    if (walk.state !== 'held') break;
    walk = joined(walk, walkStatement(statement, question));
  }
  return walk;
}

function walkStatement(node: ESTree.Node, question: Question): Walk {
  switch (node.type) {
    case 'BlockStatement':
      return walkList(node.body, question);
    case 'LabeledStatement':
      return walkStatement(node.body, question);
    case 'IfStatement':
      return walkIf(node, question);
    case 'TryStatement':
      return outOfTry(node, walkList(node.block.body, question), question);
    case 'ReturnStatement':
      return contains(node, question) ? gone() : gone({ returns: [...awaitsIn(node, question).slice(0, 1), { kind: 'return', node }] });
    case 'ThrowStatement':
      return contains(node, question) ? gone() : gone({ throws: [{ kind: 'throw', node }] });
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'SwitchStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return walkLoosely(node, question);
    case 'FunctionDeclaration':
      return { state: 'held', throws: [], returns: [] };
    default:
      return contains(node, question) ? { state: 'settled', throws: [], returns: [] } : { state: 'held', throws: awaitsIn(node, question), returns: [] };
  }
}

/** What repeats or chooses: settled if anything in it settles, for nobody knows the way that it takes. */
function walkLoosely(node: ESTree.Node, question: Question): Walk {
  if (node.type === 'BreakStatement' || node.type === 'ContinueStatement') return gone();
  if (contains(node, question)) return { state: 'settled', throws: [], returns: [] };
  const returns: Exit[] = [];
  visit(node, question.sourceCode, (inner) => { if (inner.type === 'ReturnStatement') returns.push({ kind: 'return', node: inner }); });
  return { state: 'held', throws: awaitsIn(node, question), returns };
}

function walkIf(node: ESTree.IfStatement, question: Question): Walk {
  if (contains(node.test, question)) return { state: 'settled', throws: [], returns: [] };
  const test = awaitsIn(node.test, question);
  const one = walkStatement(node.consequent, question);
  const other: Walk = node.alternate ? walkStatement(node.alternate, question) : { state: 'held', throws: [], returns: [] };
  if (isGuard(node.test, question)) {
    // One of the branches is that in which there is nothing to settle.
    if (one.state !== 'held' || other.state !== 'held') return { state: one.state === 'settled' || other.state === 'settled' ? 'settled' : 'held', throws: [], returns: [] };
    return { state: 'held', throws: [...test, ...one.throws, ...other.throws], returns: [] };
  }
  const states = [one.state, other.state].filter((state) => state !== 'gone');
  const state = states.length === 0 ? 'gone' : states.includes('held') ? 'held' : 'settled';
  return { state, throws: [...test, ...one.throws, ...other.throws], returns: [...one.returns, ...other.returns] };
}

/** What goes on after a `try` whose block was walked, or the rest of it. */
function outOfTry({ handler, finalizer }: ESTree.TryStatement, block: Walk, question: Question): Walk {
  if (finalizer && contains(finalizer, question)) return { state: block.state === 'gone' ? 'gone' : 'settled', throws: walkList(finalizer.body, question).throws, returns: [] };
  const afterwards: Walk = finalizer ? walkList(finalizer.body, question) : { state: 'held', throws: [], returns: [] };
  // An error before or after it was settled is the handler's affair; it may settle it again.
  if (!handler || block.throws.length === 0) return handler && block.throws.length === 0 ? block : { ...block, throws: [...block.throws, ...afterwards.throws] };
  const caught = walkList(handler.body.body, question);
  const states = [block.state, caught.state].filter((state) => state !== 'gone');
  const state = states.length === 0 ? 'gone' : states.includes('held') ? 'held' : 'settled';
  return { state, throws: [...caught.throws, ...afterwards.throws], returns: [...block.returns, ...caught.returns] };
}

function joined(before: Walk, next: Walk): Walk {
  return { state: next.state, throws: [...before.throws, ...next.throws], returns: [...before.returns, ...next.returns] };
}

function gone({ throws = [], returns = [] }: { readonly throws?: readonly Exit[]; readonly returns?: readonly Exit[] } = {}): Walk {
  return { state: 'gone', throws, returns };
}

function contains(node: ESTree.Node, { settles }: Question): boolean {
  const [start, end] = node.range ?? [0, 0];
  for (const { range } of settles) if (range !== undefined && start <= range[0] && range[1] <= end) return true;
  return false;
}

function isGuard(test: ESTree.Node, { guards }: Question): boolean {
  const node = unwrapped(test);
  if (node?.type === 'Identifier') return guards.has(node.name);
  if (node?.type === 'UnaryExpression') return isGuard(node.argument, { guards } as Question);
  if (node?.type === 'BinaryExpression') return isGuard(node.left, { guards } as Question) && /^[!=]==?$/.test(node.operator);
  return node?.type === 'LogicalExpression' && (isGuard(node.left, { guards } as Question) || isGuard(node.right, { guards } as Question));
}

function awaitsIn(node: ESTree.Node, { sourceCode, awaitsThrow }: Question): readonly Exit[] {
  if (!awaitsThrow) return [];
  const found: Exit[] = [];
  const note = (inner: ESTree.Node): void => {
    if (inner.type === 'AwaitExpression' || (inner.type === 'ForOfStatement' && inner.await)) found.push({ kind: 'await', node: inner });
  };
  note(node);
  visit(node, sourceCode, note);
  return found;
}

/** Every node below one, without functions that are written there. */
function visit(node: ESTree.Node, sourceCode: SourceCode, meet: (node: ESTree.Node) => void): void {
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key of sourceCode.visitorKeys[node.type] ?? []) {
    const child = fields[key];
    for (const each of Array.isArray(child) ? child : [child]) {
      if (!isNode(each) || isFunction(each)) continue;
      meet(each as unknown as ESTree.Node); // A node, as isNode found.
      visit(each as unknown as ESTree.Node, sourceCode, meet);
    }
  }
}

function after(statements: readonly ESTree.Node[], inner: ESTree.Node): readonly ESTree.Node[] {
  return statements.slice(statements.indexOf(inner) + 1);
}

function statementOf(node: ESTree.Node): Parented | undefined {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined && !isFunction(at); at = at.parent) {
    if (['BlockStatement', 'Program', 'SwitchCase', 'StaticBlock'].includes(at.parent?.type ?? '')) return at;
  }
  return undefined;
}
