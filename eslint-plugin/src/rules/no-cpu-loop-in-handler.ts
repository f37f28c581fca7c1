import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { fileModel, functionAround, wayOf, type FileModel } from '../model/model.js';
import { constantOf } from '../model/constant.js';
import { propertyOf } from '../model/resolver.js';
import { letsOthersRun, someInside } from '../model/walk.js';

/** 100,000 turns of the smallest body take about 0.1 ms, of an ordinary one some 10 ms. */
const DEFAULT_MAX_ITERATIONS = 100_000;
const SEARCHES = new Set(['find', 'findIndex', 'filter', 'includes', 'indexOf', 'some']);

interface Found {
  readonly node: ESTree.Node;
  readonly bound: string;
}

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
    schema: [{ type: 'object', properties: { maxIterations: { type: 'integer', minimum: 1 } }, additionalProperties: false }],
  },
  create(context) {
    const { maxIterations = DEFAULT_MAX_ITERATIONS } = (context.options[0] ?? {}) as { readonly maxIterations?: number };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        if (model.handlers.length === 0) return;
        for (const { node, bound } of [...countedLoops(model, context, maxIterations), ...quadraticLoops(model, context), ...branchingRecursion(model)]) {
          const reach = model.reachOf(node);
          if (reach !== undefined) context.report({ node, messageId: 'loops', data: { bound, from: wayOf(reach), per: reach.scope } });
        }
      },
    };
  },
};

export default rule;

/** `for (…; i < BOUND; …)` with a large constant, or what the client asked for. */
function countedLoops({ nodes, resolver, clientData: { isFromClient } }: FileModel, { sourceCode }: Rule.RuleContext, maxIterations: number): Found[] {
  return [...nodes.of('ForStatement'), ...nodes.of('WhileStatement')].flatMap((node): Found[] => {
    const { test } = node;
    if (test?.type !== 'BinaryExpression' || !/^[<>]=?$/.test(test.operator) || letsOthersRun(node, sourceCode)) return [];
    for (const side of [test.right, test.left]) {
      const limit = constantOf(side, resolver);
      if (node.type === 'ForStatement' && limit !== undefined && limit >= maxIterations) return [{ node, bound: `${limit.toLocaleString('en')} times` }];
      if (isFromClient(side) && !isChecked(side, node, sourceCode)) return [{ node, bound: 'as often as the client says' }];
    }
    return [];
  });
}

/** The name of the bound is compared somewhere else in the function: `if (n > 1000) return …`. */
function isChecked(side: ESTree.Node, loop: ESTree.Node, sourceCode: Rule.RuleContext['sourceCode']): boolean {
  const around = functionAround(loop);
  if (around === undefined) return false;
  const text = sourceCode.getText(side);
  return someInside(around.body, sourceCode, (node) => node.type === 'IfStatement' && someInside(node.test.type === 'BinaryExpression' ? node : node.test, sourceCode, (part) =>
    part.type === 'BinaryExpression' && [part.left, part.right].some((each) => sourceCode.getText(each) === text)));
}

/** A loop over what the client sent, in which all of it is gone through again. */
function quadraticLoops({ nodes, clientData: { isFromClient } }: FileModel, { sourceCode }: Rule.RuleContext): Found[] {
  const bound = 'over what the client sent, and for each of it over all of it again,';
  return nodes.of('ForOfStatement').flatMap((node): Found[] => {
    if (!isFromClient(node.right) || letsOthersRun(node, sourceCode)) return [];
    const isAgain = (inner: ESTree.Node): boolean => {
      if (inner.type === 'ForOfStatement') return isFromClient(inner.right);
      if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression') return SEARCHES.has(propertyOf(inner.callee) ?? '') && isFromClient(inner.callee.object);
      // out = [...out, x]
      if (inner.type !== 'AssignmentExpression' || inner.left.type !== 'Identifier' || inner.right.type !== 'ArrayExpression') return false;
      const [first] = inner.right.elements;
      return first?.type === 'SpreadElement' && first.argument.type === 'Identifier' && first.argument.name === inner.left.name;
    };
    return isAgain(node.body) || someInside(node.body, sourceCode, isAgain) ? [{ node, bound }] : [];
  });
}

/** `fib(n - 1) + fib(n - 2)`: twice the work for each step. A walk through a tree calls itself twice too, but with parts of it. */
function branchingRecursion({ functions, targets }: FileModel): Found[] {
  return functions.list.flatMap((node, ordinal): Found[] => {
    const calls = functions.callsIn(ordinal).filter((call) => call.type === 'CallExpression' && targets.of(call.callee).includes(ordinal));
    const shrinking = calls.filter(({ arguments: given }) => given.some((argument) => argument.type === 'BinaryExpression' && argument.operator === '-' && argument.left.type === 'Identifier' && argument.right.type === 'Literal' && isParameter(node, argument.left.name)));
    const [first] = shrinking;
    return first !== undefined && shrinking.length >= 2 && !remembers(node) ? [{ node: first, bound: 'twice as long for each step of its argument' }] : [];
  });
}

const isParameter = ({ params }: FunctionNode, name: string): boolean => params.some((parameter) => parameter.type === 'Identifier' && parameter.name === name);

/** Given to a function such as memoize(). */
function remembers(node: FunctionNode): boolean {
  const parent = node.parent as ESTree.Node | undefined;
  return parent?.type === 'CallExpression' && !isFunction(parent.callee);
}
