import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Rule } from 'eslint';

import type { CallNode, FunctionNode, Functions } from '../cross-file/functions.js';
import type { Targets } from '../cross-file/targets.js';
import { createRule } from '../create-rule.js';
import { fileModel } from '../model/model.js';
import { nameOf } from '../names.js';
import { mentions } from '../model/words.js';

/** Measured on Node.js 20: what each round keeps in memory, by how it is chained to the one before. */
const BYTES: Readonly<Record<Chained, number>> = { awaited: 392, 'returned by then()': 96, returned: 27 };

type Chained = 'awaited' | 'returned by then()' | 'returned';

/** In one of these a call does not happen each time, or the data is used up some day. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'IfStatement', 'ConditionalExpression', 'SwitchStatement', 'LogicalExpression', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement',
]);
/** Calls that may not come back: `process.exit()`, `signal.throwIfAborted()`, `assert()`. */
const LEAVES = /^(exit|abort|throwIfAborted|assert|fail|reject)$/;

const STARVING = new Set(['global#process.nextTick', 'process#nextTick', 'global#queueMicrotask']);

interface Edge {
  readonly to: number;
  readonly call: TSESTree.Node;
  readonly how: Chained;
}

export default createRule({
  name: 'no-infinite-async-recursion',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow promises that wait for ever longer chains of themselves', recommended: 'error' },
    messages: {
      grows: "Each round of '{{ name }}' stays in memory because its promise is {{ how }} by the previous one ({{ bytes }} bytes per round measured). Use a loop.",
      starves: "'{{ name }}' runs again before anything else can: no request is read any more. Use setImmediate() or a timer.",
    },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    const { sourceCode } = context;
    const mayStarve = mentions(sourceCode, ['nextTick', 'queueMicrotask']);
    if (!mayStarve && !mentions(sourceCode, ['await', 'then', 'async'])) return {};
    return {
      'Program:exit'() {
        const { functions, targets } = fileModel(context as unknown as Rule.RuleContext); // The same object, in the words of another package.
        const edges = functions.list.map((node, ordinal) => edgesOf(ordinal, functions, targets).filter(({ call }) => alwaysCalls(node as unknown as TSESTree.Node, call, sourceCode)));
        const reported = new Set<number>();
        functions.list.forEach((node, ordinal) => {
          const circle = circleFrom(ordinal, edges);
          const [first] = circle;
          if (first !== undefined && !circle.some(({ to }) => reported.has(to))) {
            for (const { to } of circle) reported.add(to);
            context.report({ node: first.call, messageId: 'grows', data: { name: functions.nameOf(node), how: first.how, bytes: BYTES[first.how], per: 'process', costBytes: BYTES[first.how] } });
          }
          const starving = !mayStarve ? undefined : functions.callsIn(ordinal).find((call) => starves(call, ordinal, targets, sourceCode));
          if (starving !== undefined && alwaysCalls(node as unknown as TSESTree.Node, starving as unknown as TSESTree.Node, sourceCode)) context.report({ node: starving as unknown as TSESTree.Node, messageId: 'starves', data: { name: functions.nameOf(node), per: 'process' } });
        });
      },
    };
  },
});

/** Whether a function comes to a call whenever it runs: no condition is around it, and nothing leaves before. */
function alwaysCalls(own: TSESTree.Node, call: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const around = new Set<TSESTree.Node>([call]);
  for (let inner = call, at = call.parent; at !== undefined && inner !== own; inner = at, at = at.parent) {
    if (CONDITIONS.has(at.type) && !isFirstPart(at, inner)) return false;
    around.add(at);
  }
  const leaves = (at: TSESTree.Node): boolean => {
    if (at.type === 'ThrowStatement' || (at.type === 'CallExpression' && LEAVES.test(wordOf(at.callee) ?? ''))) return true;
    if (at.type === 'ReturnStatement' && !around.has(at) && at.range[1] <= call.range[0] && around.has(functionAround(at) ?? at)) return true;
    return (sourceCode.visitorKeys[at.type] ?? []).some((key) => [at[key as keyof TSESTree.Node] as unknown].flat().some((child) => isNode(child) && leaves(child)));
  };
  return !leaves(own);
}

/** What a condition or loop evaluates in any case. */
function isFirstPart(at: TSESTree.Node, inner: TSESTree.Node): boolean {
  if (at.type === 'LogicalExpression') return at.left === inner;
  if (at.type === 'ForOfStatement' || at.type === 'ForInStatement') return at.right === inner;
  return ('test' in at && at.test === inner) || ('discriminant' in at && at.discriminant === inner) || ('init' in at && at.init === inner);
}

function wordOf(callee: TSESTree.Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The functions that one waits for, its own `then` callbacks included. */
function edgesOf(ordinal: number, functions: Functions, targets: Targets): readonly Edge[] {
  const own = functions.list[ordinal];
  if (own === undefined) return [];
  return [ordinal, ...functions.childrenOf(ordinal).filter((child) => isThenCallback(functions.list[child]))].flatMap((inside) =>
    functions.callsIn(inside).flatMap((call) => {
      const how = chained(call as unknown as TSESTree.CallExpression, own);
      if (how === undefined) return [];
      const called = [...targets.of(call.callee), ...(isThen(call as unknown as TSESTree.Node) ? call.arguments.flatMap((argument) => targets.of(argument)) : [])];
      return called.flatMap((to) => (typeof to === 'number' && !isThenCallback(functions.list[to]) ? [{ to, call: call as unknown as TSESTree.Node, how }] : []));
    }),
  );
}

/** Whether the promise of a function waits for that of a call in it, and how. */
function chained(node: TSESTree.Node, own: FunctionNode, isThenned = false): Chained | undefined {
  const { parent } = node;
  if (parent === undefined) return undefined;
  if (parent.type === 'AwaitExpression') return 'awaited';
  // Of `step().then(…).finally(…)` the last call counts.
  if (parent.type === 'MemberExpression' && parent.object === node && parent.parent.type === 'CallExpression') return chained(parent.parent, own, true);
  const isResult = parent.type === 'ReturnStatement' || (parent.type === 'ArrowFunctionExpression' && parent.body === node);
  if (!isResult) return undefined;
  const around = functionAround(node);
  if (around === undefined) return undefined;
  if (around !== (own as unknown)) return isThenCallback(around as unknown as FunctionNode) ? chained((around).parent as unknown as TSESTree.Node, own, true) : undefined;
  if (isThenned || isThen(node)) return 'returned by then()';
  return own.async === true ? 'returned' : undefined;
}

function functionAround(node: TSESTree.Node): TSESTree.Node | undefined {
  let at: TSESTree.Node | null | undefined = node.parent;
  while (at && at.type !== 'FunctionDeclaration' && at.type !== 'FunctionExpression' && at.type !== 'ArrowFunctionExpression') at = at.parent;
  return at ?? undefined;
}

function isThenCallback(node: FunctionNode | undefined): boolean {
  const parent = node?.parent as unknown as TSESTree.Node | undefined;
  return parent?.type === 'CallExpression' && isThen(parent) && parent.callee !== (node as unknown);
}

function isThen(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && ['then', 'finally'].includes(node.callee.property.name);
}

function starves(call: CallNode, ordinal: number, targets: Targets, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const [first] = call.arguments;
  if (first === undefined || !STARVING.has(nameOf(sourceCode, call.callee as unknown as TSESTree.Node) ?? '')) return false;
  if (targets.of(first).includes(ordinal)) return true;
  // queueMicrotask(() => again())
  const body = first.type === 'ArrowFunctionExpression' ? first.body : undefined;
  return body?.type === 'CallExpression' && targets.of(body.callee).includes(ordinal);
}

/** A way along the edges back to where it began. */
function circleFrom(start: number, edges: readonly (readonly Edge[])[]): readonly Edge[] {
  const visited = new Set<number>();
  const search = (at: number): readonly Edge[] | undefined => {
    for (const edge of edges[at] ?? []) {
      if (edge.to === start) return [edge];
      if (visited.has(edge.to)) continue;
      visited.add(edge.to);
      const rest = search(edge.to);
      if (rest !== undefined) return [edge, ...rest];
    }
    return undefined;
  };
  return search(start) ?? [];
}
