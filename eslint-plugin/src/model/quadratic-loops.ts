import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { LongLoop } from './counted-loops.js';
import { isBounded, listBehind } from './list-bounds.js';
import type { FileModel } from './model.js';
import { propertyOf, unwrapped } from './resolver.js';
import { letsOthersRun } from './walk.js';
import { isNode } from '../cross-file/steps.js';

/** Methods that go through a list, and call a function for each of it. */
const EACH = new Set(['forEach', 'map', 'filter', 'flatMap', 'some', 'every', 'find', 'findIndex', 'reduce', 'reduceRight']);
/** Methods that go through a list. */
const SEARCHES = new Set([...EACH, 'includes', 'indexOf', 'lastIndexOf', 'findLast', 'findLastIndex']);
const BOUND = 'over what the client sent, and for each of it over all of it again,';

/** A way through a list that a client sent. */
interface Pass {
  readonly node: ESTree.Node;
  readonly list: ESTree.Node;
  /** What runs for each element. */
  readonly body: ESTree.Node;
  /** For reduce(): what is handed from element to element. */
  readonly gathered: string | undefined;
}

/** Ways through a list that a client sent in which all of one is gone through again, or what was gathered is copied, unless the file says how long it may be. */
export function quadraticLoops(model: FileModel, sourceCode: SourceCode): readonly LongLoop[] {
  const passes = [...model.nodes.of('ForOfStatement'), ...model.nodes.of('ForStatement'), ...model.nodes.of('CallExpression')].flatMap((node) => passOf(node, model) ?? []);
  return passes.flatMap((pass): LongLoop[] => {
    if (model.reachOf(pass.node) === undefined || letsOthersRun(pass.node, sourceCode)) return [];
    const again = everyNode(pass.body, sourceCode).find((inner) => isAgain(inner, pass, model) || copies(inner, pass));
    return again === undefined || isBounded([pass.list], model, sourceCode) ? [] : [{ node: again, bound: BOUND }];
  });
}

function passOf(node: ESTree.ForOfStatement | ESTree.ForStatement | ESTree.SimpleCallExpression, { clientData }: FileModel): Pass | undefined {
  if (node.type === 'ForOfStatement') return clientData.isFromClient(node.right) ? { node, list: node.right, body: node.body, gathered: undefined } : undefined;
  if (node.type === 'ForStatement') {
    const list = lengthIn(node.test);
    return list !== undefined && clientData.isFromClient(list) ? { node, list, body: node.body, gathered: undefined } : undefined;
  }
  const callee = unwrapped(node.callee);
  const [callback] = node.arguments;
  if (callee?.type !== 'MemberExpression' || !EACH.has(propertyOf(callee) ?? '') || !isFunction(callback) || !clientData.isFromClient(callee.object)) return undefined;
  const [first] = callback.params;
  const gathered = /^reduce/.test(propertyOf(callee) ?? '') && first?.type === 'Identifier' ? first.name : undefined;
  return { node, list: callee.object, body: callback.body, gathered };
}

/** `items` of `i < items.length`. */
function lengthIn(test: ESTree.Node | null | undefined): ESTree.Node | undefined {
  if (test?.type !== 'BinaryExpression') return undefined;
  const length = [test.left, test.right].map((side) => unwrapped(side)).find((side) => side?.type === 'MemberExpression' && propertyOf(side) === 'length');
  return length?.type === 'MemberExpression' ? length.object : undefined;
}

/** Whether all of a list of the client's is gone through: not of what the outer way has in hand, of which all together is one list. */
function isAgain(inner: ESTree.Node, outer: Pass, model: FileModel): boolean {
  const list = listOf(inner);
  if (list === undefined || !model.clientData.isFromClient(list)) return false;
  let root: ESTree.Node | undefined = unwrapped(listBehind(list, model) ?? list);
  while (root?.type === 'MemberExpression' || root?.type === 'CallExpression') root = unwrapped(root.type === 'CallExpression' ? root.callee : root.object);
  const declared = root?.type === 'Identifier' ? model.resolver.variableOf(root)?.defs[0]?.name as ESTree.Node | undefined : undefined;
  return declared !== undefined && !isInside(declared, outer.node);
}

function listOf(node: ESTree.Node): ESTree.Node | undefined {
  if (node.type === 'ForOfStatement') return node.right;
  if (node.type === 'ForStatement') return lengthIn(node.test);
  const callee = node.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && callee.object.type !== 'Super' && SEARCHES.has(propertyOf(callee) ?? '') ? callee.object : undefined;
}

/** `all = [...all, x]`, and in reduce() `[...all, x]`, `{ ...all, [key]: x }`, `all.concat(x)`: a copy of all that there is so far, for each element. */
function copies(node: ESTree.Node, { gathered }: Pass): boolean {
  const isOf = (name: string, value: ESTree.Node | null | undefined): boolean => {
    const made = unwrapped(value);
    if (made?.type === 'ArrayExpression') return made.elements[0]?.type === 'SpreadElement' && isName(made.elements[0].argument, name);
    if (made?.type === 'ObjectExpression') return made.properties[0]?.type === 'SpreadElement' && isName(made.properties[0].argument, name);
    return made?.type === 'CallExpression' && made.callee.type === 'MemberExpression' && propertyOf(made.callee) === 'concat' && isName(made.callee.object, name);
  };
  if (node.type === 'AssignmentExpression' && node.operator === '=' && node.left.type === 'Identifier') return isOf(node.left.name, node.right);
  if (gathered === undefined) return false;
  return node.type === 'ReturnStatement' ? isOf(gathered, node.argument) : isOf(gathered, node) && (node as { readonly parent?: ESTree.Node }).parent?.type === 'ArrowFunctionExpression';
}

const isName = (node: ESTree.Node, name: string): boolean => node.type === 'Identifier' && node.name === name;

const isInside = (node: ESTree.Node, around: ESTree.Node): boolean => (node.range?.[0] ?? 0) >= (around.range?.[0] ?? 0) && (node.range?.[1] ?? 0) <= (around.range?.[1] ?? 0);

/** A node and all inside it, with functions that are called there and then: those given to methods of lists. */
function everyNode(node: ESTree.Node, { visitorKeys }: SourceCode): ESTree.Node[] {
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  const children = (visitorKeys[node.type] ?? []).flatMap((key) => fields[key]).filter((child) => isNode(child)) as unknown as ESTree.Node[];
  return [node, ...children.flatMap((child) => (isFunction(child) && !isCalledAtOnce(child) ? [] : everyNode(child, { visitorKeys } as SourceCode)))];
}

function isCalledAtOnce(node: FunctionNode): boolean {
  const call = (node as { readonly parent?: ESTree.Node }).parent;
  const callee = call?.type === 'CallExpression' ? unwrapped(call.callee) : undefined;
  return callee?.type === 'MemberExpression' && EACH.has(propertyOf(callee) ?? '');
}
