import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from './model.js';
import { isAssignedOnce, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const LOOPS = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement', 'ForInStatement']);
/** What promises that stay pending for long are called, where they are made elsewhere. */
const LONG_LIVED_NAME = /^(shutdown|shuttingDown|closed|closing|stopped|stopping|aborted|cancelled|canceled|terminated|exit(ed)?|never|done)(Promise|Signal)?$|(shutdown|close|stop|abort|cancel|exit|terminat)\w*Promise$/i;

/** The promises of `Promise.race([…])`. */
export function racersOf({ arguments: [given] }: ESTree.SimpleCallExpression, { resolver }: FileModel): readonly ESTree.Node[] {
  let list = unwrapped(given);
  if (list?.type === 'Identifier') {
    const variable = resolver.variableOf(list);
    const definition = variable?.defs[0];
    list = variable !== undefined && definition?.type === 'Variable' && isAssignedOnce(variable) ? unwrapped(definition.node.init) : undefined;
  }
  return list?.type === 'ArrayExpression' ? list.elements.flatMap((element) => (element === null || element.type === 'SpreadElement' ? [] : [element])) : [];
}

/** Whether a promise is seen to be one that only resolves: made here by a function that takes no way to reject it. */
export function onlyResolves(racer: ESTree.Node, { resolver }: FileModel): boolean {
  let node = unwrapped(racer);
  if (node?.type === 'Identifier') {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    node = variable !== undefined && definition?.type === 'Variable' && isAssignedOnce(variable) ? unwrapped(definition.node.init) : undefined;
  }
  if (node?.type !== 'NewExpression' || resolver.pathOf(node.callee) !== 'global#Promise') return false;
  const [executor] = node.arguments;
  return isFunction(executor) && executor.params.length === 1 && executor.params[0]?.type === 'Identifier' && executor.async !== true;
}

/** The name of a racer that lives as long as the process and is raced again and again: in a loop, or by a handler. */
export function longLivedRacer(racer: ESTree.Node, race: ESTree.Node, model: FileModel): string | undefined {
  const node = unwrapped(racer);
  if (node?.type !== 'Identifier' || (!isInLoop(race) && model.reachOf(race) === undefined)) return undefined;
  if (model.places.of(node)?.life !== 'process' || !staysPending(node, model)) return undefined;
  return node.name;
}

/** By how it was made, or by its name where that is not seen. */
function staysPending(node: ESTree.Identifier, { resolver }: FileModel): boolean {
  const definition = resolver.variableOf(node)?.defs[0];
  if (definition === undefined || definition.type === 'ImportBinding') return LONG_LIVED_NAME.test(node.name);
  if (definition.type !== 'Variable') return false;
  const { id, init } = definition.node;
  const value = unwrapped(init);
  if (id.type === 'ObjectPattern') return resolver.pathOf(value) === 'global#Promise.withResolvers()';
  if (value?.type === 'NewExpression') return resolver.pathOf(value.callee) === 'global#Promise';
  return resolver.pathOf(value) === 'events#once()';
}

function isInLoop(node: ESTree.Node): boolean {
  for (let at = (node as Parented).parent; at !== null && at !== undefined && !isFunction(at); at = at.parent) if (LOOPS.has(at.type)) return true;
  return false;
}
