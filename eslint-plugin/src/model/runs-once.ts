import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { madeOf } from './made-of.js';
import type { FileModel } from './model.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const LOOPS = /^(For|ForOf|ForIn|While|DoWhile)Statement$/;
/** Methods that call what they are given at most once. */
const CALLS_ONCE = new Set(['then', 'catch', 'finally', 'once', 'listen', 'ready', 'whenReady', 'nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask', 'connect']);

/**
 * Whether code runs once in the life of the process, as far as the file shows it: at module level, or in functions that are called from there
 * only. What other files can call is not known to.
 */
export function runsOnce(node: ESTree.Node, model: FileModel): boolean {
  for (let inner = node as Parented, at = inner.parent; at !== null && at !== undefined; inner = at, at = at.parent) {
    if (LOOPS.test(at.type) && !isOverLiterals(at)) return false;
    if (at.type === 'PropertyDefinition' && at.value === inner && !at.static) return isMadeOnce(at.parent?.parent, model);
    if (isFunction(at)) return isCalledOnce(at, model);
  }
  return true;
}

/** `for (const ms of [1000, 60_000])`: as often as is written there. */
function isOverLiterals(loop: ESTree.Node): boolean {
  return loop.type === 'ForOfStatement' && unwrapped(loop.right)?.type === 'ArrayExpression';
}

const known = new WeakMap<FunctionNode, boolean>();

/** Asked of each function once: one that calls itself is not known to run once. */
function isCalledOnce(node: FunctionNode, model: FileModel): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  known.set(node, false);
  const answer = findCalledOnce(node, model);
  known.set(node, answer);
  return answer;
}

function findCalledOnce(node: FunctionNode, model: FileModel): boolean {
  const { parent } = node as Parented;
  if (parent?.type === 'MethodDefinition' && !parent.static) return (parent.kind === 'constructor' || keyOf(parent)?.startsWith('#') === true || isCalledMethod(parent, model)) && isMadeOnce(parent.parent?.parent, model);
  const call = callOf(node);
  if (call !== undefined) return runsOnce(call, model);
  const variable = variableThatHolds(node, model);
  return variable !== undefined && areCalls(variable, model);
}

/** A method that the file itself calls, on the object that it makes: `pool.start()` at module level. */
function isCalledMethod(method: ESTree.MethodDefinition, { nodes }: FileModel): boolean {
  const name = keyOf(method);
  return nodes.of('CallExpression').some(({ callee }) => callee.type === 'MemberExpression' && propertyOf(callee) === name);
}

/** The call of `(() => {})()`, or the one that takes a function to call it once. */
function callOf(node: FunctionNode): ESTree.Node | undefined {
  let inner = node as Parented;
  let { parent } = inner;
  while (parent !== null && parent !== undefined && unwrapped(parent) !== parent) [inner, parent] = [parent, parent.parent];
  if (parent?.type !== 'CallExpression') return undefined;
  if (parent.callee === inner) return parent;
  const callee = unwrapped(parent.callee);
  const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
  return name !== undefined && CALLS_ONCE.has(name) ? parent : undefined;
}

function variableThatHolds(node: FunctionNode, { resolver }: FileModel): Scope.Variable | undefined {
  const { parent } = node as Parented;
  const id = node.type === 'FunctionDeclaration' ? node.id : parent?.type === 'VariableDeclarator' ? parent.id : undefined;
  return id?.type === 'Identifier' ? resolver.variableOf(id) : undefined;
}

/** Whether a function is used in calls only, each of which runs once. */
function areCalls(variable: Scope.Variable, model: FileModel): boolean {
  // Declared again and again, nobody knows which is called.
  if (variable.defs.length !== 1) return false;
  const uses = variable.references.filter(({ init, identifier }) => init !== true && !variable.identifiers.includes(identifier as ESTree.Identifier));
  const [first] = variable.identifiers;
  if (uses.length === 0 || first === undefined || isExported(first, model)) return false;
  return uses.every(({ identifier }) => {
    const { parent } = identifier as Parented;
    return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === identifier && runsOnce(parent, model);
  });
}

function isMadeOnce(owner: Parented | null | undefined, model: FileModel): boolean {
  if (owner?.type !== 'ClassDeclaration' && owner?.type !== 'ClassExpression') return false;
  const { parent } = owner as Parented;
  // new (class {})()
  if (parent?.type === 'NewExpression' && parent.callee === owner) return runsOnce(parent, model);
  const id = owner.id ?? (parent?.type === 'VariableDeclarator' ? parent.id : undefined);
  const made = madeOf(owner, model);
  return id?.type === 'Identifier' && made.length > 0 && !isExported(id, model) && made.every((each) => runsOnce(each, model));
}

function isExported(name: ESTree.Identifier, { places }: FileModel): boolean {
  const place = places.of(name);
  return place === undefined || places.isExported(place) || (name as Parented).parent?.parent?.type.startsWith('Export') === true;
}

/** Whether something is started for an object of a class: in a method, its constructor, a field. */
export function isInInstance(node: ESTree.Node): boolean {
  for (let inner = node as Parented, at = inner.parent; at !== null && at !== undefined; inner = at, at = at.parent) {
    if (at.type === 'PropertyDefinition' && at.value === inner && !at.static) return true;
    if (at.type === 'MethodDefinition') return !at.static;
    if (isFunction(at) && at.type === 'FunctionDeclaration') return false;
  }
  return false;
}
