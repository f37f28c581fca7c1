import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { CallNode, FunctionNode } from '../cross-file/functions.js';
import { fileModel, type FileModel } from '../model/model.js';
import { propertyOf, unwrapped, type Resolver } from '../model/resolver.js';
import { someInside } from '../model/walk.js';
import { mentions } from '../model/words.js';

const FORK = /^(cluster#fork|child_process#(fork|spawn)|new worker_threads#Worker)$/;
const DYING = /^(cluster#|child_process#(fork|spawn)\(\)|new worker_threads#Worker)/;
const DYING_NAME = /^(worker|child|proc|childProcess|subprocess|cp|w|c)$/i;
const DEATHS = new Set(['exit', 'disconnect', 'close', 'error', 'death']);
/** What an exit is told with: comparing it is no limit of how often. */
const EXIT_STATUS = /^(code|signal|status|exitCode)$/;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a delay or a limit before a process that died is started again',
      recommended: 'error',
      strict: 'error',
      url: new URL('./no-unthrottled-respawn.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: { respawns: 'What dies at its start is started again at once: an endless loop of forks, which takes the machine with it. Delay it, longer each time, and stop after some tries.' },
    schema: [{ type: 'object', properties: { backoffCalls: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
  },
  create(context) {
    if (!mentions(context.sourceCode, ['fork', 'spawn', 'Worker'])) return {};
    const { backoffCalls = [] } = (context.options[0] ?? {}) as { readonly backoffCalls?: readonly string[] };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        const reported = new Set<object>();
        for (const call of model.nodes.of('CallExpression')) {
          const listener = listenerOfDeath(call, model, context.sourceCode);
          if (listener === undefined) continue;
          for (const fork of forksIn(listener, model, { context, backoffCalls })) {
            if (!reported.has(fork)) context.report({ node: fork, messageId: 'respawns', data: { per: 'process' } });
            reported.add(fork);
          }
        }
      },
    };
  },
};

export default rule;

function listenerOfDeath({ callee, arguments: [event, listener] }: ESTree.SimpleCallExpression, model: FileModel, sourceCode: SourceCode): ESTree.Node | undefined {
  if (callee.type !== 'MemberExpression' || !['on', 'once', 'addListener'].includes(propertyOf(callee) ?? '')) return undefined;
  if (event?.type !== 'Literal' || typeof event.value !== 'string' || !DEATHS.has(event.value)) return undefined;
  const emitter = unwrapped(callee.object);
  const path = model.resolver.pathOf(emitter);
  if (path !== undefined) return DYING.test(path) ? listener : undefined;
  const isDying = (emitter?.type === 'Identifier' && DYING_NAME.test(emitter.name)) || wasForked(emitter, model, sourceCode);
  return isDying ? listener : undefined;
}

/** `this.child.on('exit', …)` or `workers[i].on('exit', …)`, where the file has put a new process there. */
function wasForked(emitter: ESTree.Node | undefined, { nodes, places, resolver }: FileModel, sourceCode: SourceCode): boolean {
  if (emitter?.type !== 'MemberExpression') return false;
  const place = places.of(emitter);
  const isSame = (left: ESTree.Node): boolean => (place === undefined ? sourceCode.getText(left) === sourceCode.getText(emitter) : places.of(left) === place);
  return nodes.of('AssignmentExpression').some(({ left, right }) => isSame(left) && DYING.test(resolver.pathOf(right) ?? ''));
}

interface Limits {
  readonly context: Rule.RuleContext;
  readonly backoffCalls: readonly string[];
}

/** The forks that happen before the listener returns: not those in functions that are only handed on, such as to a timer. */
function forksIn(listener: ESTree.Node, { functions, targets, resolver }: FileModel, { context, backoffCalls }: Limits): readonly CallNode[] {
  const seen = new Set<number>();
  const found: CallNode[] = [];
  const follow = (ordinal: number): void => {
    const node = functions.list[ordinal];
    if (node === undefined || seen.has(ordinal) || isLimited(node, context)) return;
    seen.add(ordinal);
    for (const call of functions.callsIn(ordinal)) {
      if (backoffCalls.includes(context.sourceCode.getText(call.callee))) continue;
      if (FORK.test(resolver.pathOf(call.type === 'NewExpression' ? call : call.callee) ?? '')) found.push(call);
      for (const target of handsOnLess(call, resolver) ? [] : targets.of(call.callee)) if (typeof target === 'number') follow(target);
    }
  };
  for (const target of targets.of(listener)) if (typeof target === 'number') follow(target);
  return found;
}

/** `start(tries - 1)`, `run(steps.slice(1))`, `run(rest)` of `const [first, ...rest] = steps`: one day nothing is left. */
function handsOnLess({ arguments: given }: CallNode, { variableOf }: Resolver): boolean {
  return given.some((argument) => {
    if (argument.type === 'BinaryExpression') return argument.operator === '-' && argument.right.type === 'Literal';
    if (argument.type === 'CallExpression') return argument.callee.type === 'MemberExpression' && propertyOf(argument.callee) === 'slice';
    const definition = argument.type === 'Identifier' ? variableOf(argument)?.defs[0] : undefined;
    return (definition?.name as { readonly parent?: ESTree.Node } | undefined)?.parent?.type === 'RestElement' && definition?.type === 'Variable';
  });
}

/** It counts or measures (`restarts > 10`, `++restarts === 10`, `now - last < 1000`), or it waits. */
function isLimited({ body }: FunctionNode, { sourceCode }: Rule.RuleContext): boolean {
  const isCounted = (side: ESTree.Node): boolean =>
    side.type === 'UpdateExpression' || someInside(body, sourceCode, (inner) => inner.type === 'UpdateExpression' && sourceCode.getText(inner.argument) === sourceCode.getText(side));
  return someInside(body, sourceCode, (inner) => {
    if (inner.type === 'AwaitExpression') return true;
    if (inner.type !== 'BinaryExpression') return false;
    if (/^[!=]==?$/.test(inner.operator)) return [inner.left, inner.right].some(isCounted);
    return /^[<>]=?$/.test(inner.operator) && ![inner.left, inner.right].some((side) => side.type === 'Identifier' && EXIT_STATUS.test(side.name));
  });
}
