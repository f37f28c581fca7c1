import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { constantOf } from './constant.js';
import { functionAround, type FileModel } from './model.js';
import { propertyOf, unwrapped } from './resolver.js';
import { isLoopTest, letsOthersRun, someInside } from './walk.js';

/** A loop that runs for long, and how often: `as often as the client says`. */
export interface LongLoop {
  readonly node: ESTree.Node;
  readonly bound: string;
}

const AS_THE_CLIENT_SAYS = 'as often as the client says';

/** Loops that count to a large constant, or to what a client asked for and nothing in the function compares. */
export function countedLoops(model: FileModel, sourceCode: SourceCode, maxIterations: number): readonly LongLoop[] {
  const { nodes } = model;
  return [...nodes.of('ForStatement'), ...nodes.of('WhileStatement'), ...nodes.of('DoWhileStatement')].flatMap((node): LongLoop[] => {
    const comparisons = comparisonsOf(node.test);
    if (comparisons.length === 0 || model.reachOf(node) === undefined || letsOthersRun(node, sourceCode)) return [];
    const limits = comparisons.flatMap(({ sides }) => sides.map((side) => constantOf(side, model.resolver))).filter((limit) => limit !== undefined);
    // The smaller of two bounds counts; nought is where a countdown ends.
    const smallest = Math.min(...limits.filter((limit) => limit !== 0));
    if (smallest < maxIterations) return [];
    if (node.type === 'ForStatement' && smallest < Number.POSITIVE_INFINITY) return [{ node, bound: `${smallest.toLocaleString('en')} times` }];
    const isChosen = comparisons.some(({ sides }) => sides.some((side) => isChosenByClient(side, node, model, sourceCode)));
    return isChosen ? [{ node, bound: AS_THE_CLIENT_SAYS }] : [];
  });
}

interface Comparison {
  readonly sides: readonly ESTree.Node[];
}

/** `i < n` of `i < n && !done`. */
function comparisonsOf(test: ESTree.Node | null | undefined): readonly Comparison[] {
  const node = unwrapped(test);
  if (node?.type === 'LogicalExpression' && node.operator === '&&') return [...comparisonsOf(node.left), ...comparisonsOf(node.right)];
  if (node?.type === 'UpdateExpression' && node.operator === '--') return [{ sides: [node.argument] }];
  if (node?.type !== 'BinaryExpression' || !/^([<>]=?|!==?)$/.test(node.operator) || node.left.type === 'PrivateIdentifier') return [];
  return [{ sides: [node.left, node.right].map((side) => (side.type === 'UpdateExpression' ? side.argument : side)) }];
}

function isChosenByClient(side: ESTree.Node, loop: ESTree.Node, model: FileModel, sourceCode: SourceCode): boolean {
  const { clientData, resolver } = model;
  const variable = side.type === 'Identifier' ? resolver.variableOf(side) : undefined;
  const definition = variable?.defs[0];
  // What was sent is here already: going through it once is as long as it is.
  if (isLength(definition?.type === 'Variable' ? definition.node.init : side)) return false;
  if (clientData.isFromClient(side)) return !isLimited(side, loop, model, sourceCode);
  // let left = req.query.n; while (left-- > 0)
  if (variable === undefined || definition?.type !== 'Variable' || !clientData.isFromClient(definition.node.init)) return false;
  const isCountdown = variable.references.every(({ identifier, init }) => {
    const { parent } = identifier as ESTree.Node & { readonly parent?: ESTree.Node };
    return init === true || parent?.type === 'UpdateExpression' || parent?.type !== 'AssignmentExpression' || parent.left !== identifier || parent.operator === '-=';
  });
  return isCountdown && !isLimited(side, loop, model, sourceCode);
}

function isLength(given: ESTree.Node | null | undefined): boolean {
  const node = unwrapped(given);
  return node?.type === 'MemberExpression' && /^(length|size|byteLength)$/.test(propertyOf(node) ?? '');
}

/** Whether the bound is compared with something else: in the function of the loop, or in the one that calls it with what a client sent. */
function isLimited(side: ESTree.Node, loop: ESTree.Node, model: FileModel, sourceCode: SourceCode): boolean {
  const around = functionAround(loop);
  if (around === undefined) return false;
  if (isCompared(side, around.body, loop, sourceCode)) return true;
  const definition = side.type === 'Identifier' ? model.resolver.variableOf(side)?.defs[0] : undefined;
  if (definition?.type === 'Variable' && definition.node.init && isCompared(definition.node.init, around.body, loop, sourceCode)) return true;
  if (definition?.type !== 'Parameter') return false;
  const position = around.params.findIndex((parameter) => parameter.type === 'Identifier' && side.type === 'Identifier' && parameter.name === side.name);
  const given = model.callersOf(around).flatMap((call) => call.arguments[position] ?? []).filter((argument) => model.clientData.isFromClient(argument));
  return given.length > 0 && given.every((argument) => isLimited(argument, argument, model, sourceCode));
}

function isCompared(side: ESTree.Node, within: ESTree.Node, loop: ESTree.Node, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(side);
  const { test } = loop as { readonly test?: ESTree.Node | null };
  return someInside(within, sourceCode, (node) => {
    if (node.type !== 'BinaryExpression' || !/^[<>]=?$/.test(node.operator) || isIn(node, test) || isLoopTest(node)) return false;
    return [node.left, node.right].some((each) => sourceCode.getText(each) === text);
  });
}

const isIn = (node: ESTree.Node, around: ESTree.Node | null | undefined): boolean =>
  around !== null && around !== undefined && (node.range?.[0] ?? 0) >= (around.range?.[0] ?? 0) && (node.range?.[1] ?? 0) <= (around.range?.[1] ?? 0);
