import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { countedLoops, type LongLoop } from '../model/counted-loops.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import { quadraticLoops } from '../model/quadratic-loops.js';
import { propertyOf } from '../model/resolver.js';
import { someInside } from '../model/walk.js';

/** 100,000 turns of the smallest body take about 0.1 ms, of an ordinary one some 10 ms. */
const DEFAULT_MAX_ITERATIONS = 100_000;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow long loops where a request handler reaches them',
      recommended: 'warn',
      strict: 'error',
      url: new URL('./no-cpu-loop-in-handler.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: { loops: 'This runs {{ bound }} without letting others run; every other request waits for it. Reached from {{ from }}. Bound it, or do it in a worker thread.' },
    schema: [{ type: 'object', properties: { maxIterations: { type: 'integer', minimum: 1 }, quadratic: { type: 'boolean' } }, additionalProperties: false }],
  },
  create(context) {
    if (!mayHaveHandlers(context)) return {};
    const { maxIterations = DEFAULT_MAX_ITERATIONS, quadratic = true } = (context.options[0] ?? {}) as { readonly maxIterations?: number; readonly quadratic?: boolean };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        if (model.handlers.length === 0) return;
        for (const { node, bound } of [...countedLoops(model, context.sourceCode, maxIterations), ...(quadratic ? quadraticLoops(model, context.sourceCode) : []), ...branchingRecursion(model, context.sourceCode)]) {
          const reach = model.reachOf(node);
          if (reach !== undefined) context.report({ node, messageId: 'loops', data: { bound, from: wayOf(reach), per: reach.scope } });
        }
      },
    };
  },
};

export default rule;

/** `fib(n - 1) + fib(n - 2)`: twice the work for each step. A walk through a tree calls itself twice too, but with parts of it. */
function branchingRecursion({ functions, targets }: FileModel, sourceCode: SourceCode): LongLoop[] {
  return functions.list.flatMap((node, ordinal): LongLoop[] => {
    const calls = functions.callsIn(ordinal).filter((call) => call.type === 'CallExpression' && targets.of(call.callee).includes(ordinal));
    const shrinking = calls.filter(({ arguments: given }) => given.some((argument) => argument.type === 'BinaryExpression' && argument.operator === '-' && argument.left.type === 'Identifier' && argument.right.type === 'Literal' && isParameter(node, argument.left.name)));
    const [first] = shrinking;
    return first !== undefined && shrinking.length >= 2 && !remembers(node, sourceCode) ? [{ node: first, bound: 'twice as long for each step of its argument' }] : [];
  });
}

const isParameter = ({ params }: FunctionNode, name: string): boolean => params.some((parameter) => parameter.type === 'Identifier' && parameter.name === name);

/** Given to a function such as memoize(), or it looks up what it is asked: `known[n]`, `known.get(n)`. */
function remembers(node: FunctionNode, sourceCode: SourceCode): boolean {
  const parent = node.parent as ESTree.Node | undefined;
  if (parent?.type === 'CallExpression' && !isFunction(parent.callee)) return true;
  const isAsked = (key: ESTree.Node | undefined): boolean => key?.type === 'Identifier' && isParameter(node, key.name);
  return someInside(node.body, sourceCode, (inner) => {
    if (inner.type === 'MemberExpression') return inner.computed && isAsked(inner.property);
    return inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && /^(get|has)$/.test(propertyOf(inner.callee) ?? '') && isAsked(inner.arguments[0]);
  });
}
