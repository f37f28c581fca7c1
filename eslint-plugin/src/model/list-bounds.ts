import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import { isAssignedOnce, propertyOf, unwrapped } from './resolver.js';
import { isLoopTest } from './walk.js';

const SAME_LENGTH = new Set(['filter', 'map', 'flatMap', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);
const OF_OBJECTS = /^global#(Object\.(keys|values|entries)|Array\.from|new Set)$|^new global#Set$/;
/** What schemas call the longest list that they let pass. */
const IN_SCHEMAS = /\bmaxItems\b|\bArrayMaxSize\b|\.max\(|\.length\(|\bmaxLength\b/;

const MAX_STEPS = 6;

/** The list that a chain began with: `req.body.ids` of `[...new Set(req.body.ids)].filter(Boolean)`. Undefined for parts, such as slice() gives. */
export function listBehind(given: ESTree.Node, model: FileModel, steps = 0): ESTree.Node | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  const deeper = (inner: ESTree.Node | undefined): ESTree.Node | undefined => (inner === undefined ? undefined : listBehind(inner, model, steps + 1));
  if (node.type === 'ArrayExpression') return node.elements.length === 1 && node.elements[0]?.type === 'SpreadElement' ? deeper(node.elements[0].argument) : undefined;
  if (node.type === 'NewExpression') return OF_OBJECTS.test(model.resolver.pathOf(node) ?? '') ? deeper(node.arguments[0]) : undefined;
  if (node.type === 'CallExpression') {
    if (OF_OBJECTS.test(model.resolver.pathOf(node.callee) ?? '')) return deeper(node.arguments[0]);
    const callee = unwrapped(node.callee);
    if (callee?.type !== 'MemberExpression' || callee.object.type === 'Super') return undefined;
    const method = propertyOf(callee) ?? '';
    // Without a limit: there are as many parts as the client likes.
    if (method === 'split') return node.arguments.length === 1 ? callee.object : undefined;
    // c.req.json() and the like are lists themselves.
    return SAME_LENGTH.has(method) ? deeper(callee.object) : /^(slice|splice)$/.test(method) ? undefined : node;
  }
  if (node.type === 'Identifier') {
    const variable = model.resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable !== undefined && definition?.type === 'Variable' && definition.node.id.type === 'Identifier' && isAssignedOnce(variable)) {
      const init = unwrapped(definition.node.init);
      if (init?.type === 'CallExpression' || init?.type === 'ArrayExpression' || init?.type === 'NewExpression') return deeper(init);
    }
  }
  return node;
}

/** Whether the length of what is known by one of these expressions is compared anywhere in the file, or a schema in it says how long lists may be. */
export function isBounded(lists: readonly ESTree.Node[], { nodes }: FileModel, { text }: SourceCode): boolean {
  if (IN_SCHEMAS.test(text)) return true;
  const names = new Set(lists.map(lastName));
  return nodes.of('BinaryExpression').some((node) => /^[<>]=?$/.test(node.operator) && [node.left, node.right].some((side) => isLengthOf(side, names)) && !isLoopTest(node));
}

function isLengthOf(side: ESTree.Node, names: ReadonlySet<string | undefined>): boolean {
  const node = unwrapped(side);
  return node?.type === 'MemberExpression' && /^(length|size)$/.test(propertyOf(node) ?? '') && names.has(lastName(node.object));
}

function lastName(given: ESTree.Node): string | undefined {
  const node = unwrapped(given);
  if (node?.type === 'Identifier') return node.name;
  return node?.type === 'MemberExpression' ? propertyOf(node) : undefined;
}
