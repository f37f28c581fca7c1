import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from './model.js';
import { isAssignedOnce, propertyOf, unwrapped } from './resolver.js';

/** Work that is begun for each element of a list, all at once. */
export interface MappedWork {
  readonly list: ESTree.Node;
  /** What is done for each: a function, the name of one, or the call itself in a loop. */
  readonly work: ESTree.Node;
}

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const MAX_STEPS = 5;
const FILLS = new Set(['push', 'add', 'set']);

/** What `Promise.all(…)` waits for: `list.map(work)`, `Array.from(list, work)`, or what a loop over the list has filled: an array, a Set or a Map. */
export function mappedWork(given: ESTree.Node | undefined, model: FileModel, steps = 0): MappedWork | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  if (node.type === 'ArrayExpression') {
    return node.elements.map((element) => (element?.type === 'SpreadElement' ? mappedWork(element.argument, model, steps + 1) : undefined)).find((found) => found !== undefined);
  }
  if (node.type === 'CallExpression') return ofCall(node, model) ?? mappedWork(valuesOf(node), model, steps + 1);
  if (node.type !== 'Identifier') return undefined;
  const variable = model.resolver.variableOf(node);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !isAssignedOnce(variable)) return undefined;
  const { init } = definition.node;
  if (isEmptyCollection(init, model)) return filledWork(variable);
  return init ? mappedWork(init, model, steps + 1) : undefined;
}

function ofCall({ callee, arguments: [first, second] }: ESTree.SimpleCallExpression, { resolver }: FileModel): MappedWork | undefined {
  if (resolver.pathOf(callee) === 'global#Array.from') return first !== undefined && second !== undefined ? { list: first, work: second } : undefined;
  const method = unwrapped(callee);
  if (method?.type !== 'MemberExpression' || method.object.type === 'Super' || first === undefined) return undefined;
  return ['map', 'flatMap'].includes(propertyOf(method) ?? '') ? { list: method.object, work: first } : undefined;
}

/** `jobs` of `jobs.values()`. */
function valuesOf({ callee }: ESTree.SimpleCallExpression): ESTree.Node | undefined {
  const method = unwrapped(callee);
  return method?.type === 'MemberExpression' && propertyOf(method) === 'values' && method.object.type === 'Identifier' ? method.object : undefined;
}

function isEmptyCollection(init: ESTree.Node | null | undefined, { resolver }: FileModel): boolean {
  if (init?.type === 'ArrayExpression') return init.elements.length === 0;
  return init?.type === 'NewExpression' && init.arguments.length === 0 && /^new global#(Map|Set)$/.test(resolver.pathOf(init) ?? '');
}

/** `for (const id of ids) jobs.push(load(id))`, `ids.forEach((id) => jobs.set(id, load(id)))`. */
function filledWork({ references, scope }: Scope.Variable): MappedWork | undefined {
  for (const { identifier } of references) {
    const member = (identifier as Parented).parent;
    const call = member?.parent;
    if (member?.type !== 'MemberExpression' || member.object !== identifier || !FILLS.has(propertyOf(member) ?? '') || call?.type !== 'CallExpression' || call.callee !== member) continue;
    const work = call.arguments.at(-1);
    const loop = loopAround(call, scope.block);
    if (work?.type === 'CallExpression' && loop !== undefined) return { list: loop, work };
  }
  return undefined;
}

function loopAround(node: Parented, end: ESTree.Node): ESTree.Node | undefined {
  for (let at = node.parent; at !== null && at !== undefined && at !== end; at = at.parent) {
    if (at.type === 'ForOfStatement') return at.right;
    const callee = at.type === 'CallExpression' && isFunction(at.arguments[0]) ? unwrapped(at.callee) : undefined;
    if (callee?.type === 'MemberExpression' && callee.object.type !== 'Super' && propertyOf(callee) === 'forEach') return callee.object;
  }
  return undefined;
}
