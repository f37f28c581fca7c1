import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Rule } from 'eslint';

import type { CallNode, FunctionNode, Functions } from '../cross-file/functions.js';
import type { Targets } from '../cross-file/targets.js';
import { createRule } from '../create-rule.js';
import { alwaysCalls, functionAround } from '../model/always-calls.js';
import { fileModel } from '../model/model.js';
import { nameOf } from '../names.js';
import { mentions } from '../model/words.js';

/** Measured on Node.js 20: what each round keeps in memory, by how it is chained to the one before. */
const BYTES: Readonly<Record<Chained, number>> = { awaited: 392, 'returned by then()': 96, returned: 27 };

type Chained = 'awaited' | 'returned by then()' | 'returned';

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
        const all = functions.list.map((_, ordinal) => edgesOf(ordinal, functions, targets));
        // Bodies are looked at only where there is a circle at all.
        const edges = all.map((own, ordinal) => (circleFrom(ordinal, all).length === 0 ? [] : own.filter(({ call }) => alwaysCalls(functions.list[ordinal] as unknown as TSESTree.Node, call, sourceCode))));
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
