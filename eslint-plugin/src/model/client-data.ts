import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { MarkedHandler, Scope } from '../cross-file/summary.js';
import { CHOSEN_BY_CLIENTS, CHOSEN_IN, CLIENT_DECORATORS, ENDLESS_CALLS, ERROR_NAME, GIVES_CLIENT_DATA, PASSING_CALLS, PASSING_METHODS, REQUEST_DECORATORS, REQUEST_NAME } from '../data/client-data.js';
import type { Callers } from './callers.js';
import { exportedName } from './exported-name.js';
import { destructuredPath, isAssignedOnce, propertyOf, unwrapped, type Resolver } from './resolver.js';

/** Which values clients choose. */
export interface ClientData {
  /** What a client sent, passed on as it is: `req.query.n`, `Number(req.params.count)`, `await c.req.json()`, a parameter with @Body(). */
  readonly isFromClient: (node: object | null | undefined) => boolean;
  /** What a client sent or what never repeats: also `err.message`, `Date.now()`. */
  readonly isEndless: (node: object | null | undefined) => boolean;
}

interface Given {
  readonly resolver: Resolver;
  readonly callersOf: Callers;
  readonly handlers: readonly MarkedHandler[];
}

interface Search {
  readonly isEndless: boolean;
  readonly steps: number;
}

type Decorated = ESTree.Node & { readonly decorators?: readonly { readonly expression: ESTree.Node }[] };

const MAX_STEPS = 10;
const READS_BODY = /^stream\/consumers#(json|text|buffer|arrayBuffer|blob)$/;

export function makeClientData({ resolver, callersOf, handlers }: Given): ClientData {
  const scopeOf = new Map<object, Scope>(handlers.map(({ node, scope }) => [node, scope]));

  function isSo(given: object | null | undefined, { isEndless, steps }: Search): boolean {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return false;
    const inner = (part: object | null | undefined): boolean => isSo(part, { isEndless, steps: steps + 1 });
    if (node.type === 'AwaitExpression') return inner(node.argument);
    if (node.type === 'TemplateLiteral') return node.expressions.some(inner);
    if (node.type === 'LogicalExpression') return inner(node.left) || inner(node.right);
    if (node.type === 'BinaryExpression') return (node.left.type !== 'PrivateIdentifier' && inner(node.left)) || inner(node.right);
    if (node.type === 'ConditionalExpression') return inner(node.consequent) || inner(node.alternate);
    if (node.type === 'CallExpression') return isCall(node, isEndless, inner);
    if (node.type === 'NewExpression') return resolver.pathOf(node.callee) === 'global#URL' ? inner(node.arguments[0]) : isEndless && ENDLESS_CALLS.test(resolver.pathOf(node) ?? '');
    if (node.type === 'UnaryExpression') return node.operator === '+' && inner(node.argument);
    if (node.type === 'MemberExpression') return isPath(node, [], { isEndless, steps });
    return node.type === 'Identifier' && isPath(node, [], { isEndless, steps });
  }

  function isCall(node: ESTree.SimpleCallExpression, isEndless: boolean, inner: (part: object | null | undefined) => boolean): boolean {
    const path = resolver.pathOf(node.callee) ?? '';
    if (isEndless && ENDLESS_CALLS.test(path)) return true;
    if (PASSING_CALLS.test(path)) return inner(node.arguments[0]);
    if (READS_BODY.test(path)) return isWholeRequest(node.arguments[0]);
    const callee = unwrapped(node.callee);
    if (callee?.type !== 'MemberExpression') return false;
    const method = propertyOf(callee) ?? '';
    if (PASSING_METHODS.has(method) && inner(callee.object)) return true;
    // [req.method, req.url].join(' ')
    if (method === 'join' && callee.object.type === 'ArrayExpression') return callee.object.elements.some(inner);
    // The path of a URL without what stands behind `?` is as long a list as the URLs.
    if (method === 'split' && ['?', '#'].includes(String((node.arguments[0] as { readonly value?: unknown } | undefined)?.value))) return inner(callee.object);
    return requestPath(callee, (names) => GIVES_CLIENT_DATA.test(names.join('.')));
  }

  /** `req.params.id`, `const { id } = req.params`, `({ params: { id } }) =>`: from the name at its root, with the members that are read of it. */
  function isPath(given: ESTree.Node, members: readonly string[], search: Search): boolean {
    const node = unwrapped(given);
    if (node === undefined || search.steps > MAX_STEPS) return false;
    const deeper = { ...search, steps: search.steps + 1 };
    if (node.type === 'MemberExpression') return node.object.type !== 'Super' && isPath(node.object, [propertyOf(node) ?? '*', ...members], deeper);
    // split('?')[0], a * 2, a ?? b and the like.
    if (node.type !== 'Identifier') return isSo(node, deeper);
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) {
      if (REQUEST_NAME.test(node.name)) return CHOSEN_BY_CLIENTS.test(members.join('.'));
      return search.isEndless && ERROR_NAME.test(node.name) && isOfError(members);
    }
    if (definition.type === 'CatchClause') return search.isEndless && isOfError(members);
    if (definition.type === 'Parameter') return isParameter(definition.node, node.name, members, deeper);
    if (definition.type !== 'Variable' || !isAssignedOnce(variable)) return false;
    const { id, init } = definition.node;
    const loop = (definition.parent as unknown as { readonly parent?: ESTree.Node }).parent;
    if (init === null || init === undefined) return loop?.type === 'ForOfStatement' && loop.left === (definition.parent as ESTree.Node) && isSo(loop.right, deeper);
    if (id.type === 'ArrayPattern') return isSo(init, deeper);
    const path = id.type === 'Identifier' ? [] : destructuredPath(id, node.name)?.split('.');
    return path !== undefined && isPath(init, [...path, ...members], deeper);
  }

  function isParameter(owner: FunctionNode, name: string, members: readonly string[], search: Search): boolean {
    const position = owner.params.findIndex((parameter) => bindsName(parameter, name));
    const pattern = owner.params[position];
    if (pattern === undefined) return false;
    const found = pathInParameter(pattern, name);
    const names = [...found, ...members];
    const decorators = decoratorsOf(pattern, resolver);
    if (decorators.some((decorator) => CLIENT_DECORATORS.has(decorator))) return true;
    if (search.isEndless && ((ERROR_NAME.test(name) && isOfError(members)) || (isOfError(names) && isErrorOfHandler(owner, position)))) return true;
    if (isRequest(owner, position, name, decorators) && CHOSEN_BY_CLIENTS.test(names.join('.'))) return true;
    const scope = scopeOf.get(owner);
    if (position === 0 && scope !== undefined && CHOSEN_IN[scope]?.test(names.join('.')) === true) return true;
    return found.length === 0 && isGivenByCallers(owner, position, search);
  }

  function isRequest(owner: FunctionNode, position: number, name: string, decorators: readonly string[]): boolean {
    if (REQUEST_NAME.test(name) || decorators.some((decorator) => REQUEST_DECORATORS.has(decorator))) return true;
    // Those of Express for errors have four parameters, the request second; Next gives its parameters of the route beside the request.
    return scopeOf.get(owner) === 'request' && (position === (owner.params.length === 4 ? 1 : 0) || (position === 1 && name === 'params'));
  }

  /** `app.use((error, req, res, next) => …)`, `fastify.setErrorHandler((error) => …)` */
  function isErrorOfHandler(owner: FunctionNode, position: number): boolean {
    const handler = handlers.find(({ node }) => node === owner);
    return position === 0 && handler?.scope === 'request' && (owner.params.length === 4 || handler.reason.startsWith('setErrorHandler'));
  }

  /** What a helper is called with, and what `map` and the like hand to their callbacks. */
  function isGivenByCallers(owner: FunctionNode, position: number, search: Search): boolean {
    if (callersOf(owner).some((call) => isSo(call.arguments[position], search))) return true;
    const call = (owner as { readonly parent?: ESTree.Node }).parent;
    if (position !== 0 || call?.type !== 'CallExpression' || call.arguments[0] !== owner) return false;
    const callee = unwrapped(call.callee);
    return callee?.type === 'MemberExpression' && /^(map|forEach|filter|flatMap|some|every|find)$/.test(propertyOf(callee) ?? '') && isSo(callee.object, search);
  }

  function isWholeRequest(given: object | null | undefined): boolean {
    const node = unwrapped(given);
    const definition = node?.type === 'Identifier' ? resolver.variableOf(node)?.defs[0] : undefined;
    if (node?.type !== 'Identifier' || definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
    const position = definition.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === node.name);
    return position >= 0 && isRequest(definition.node, position, node.name, []);
  }

  /** Whether a member is one of a request, by the names from there. */
  function requestPath(node: ESTree.MemberExpression, isIt: (names: readonly string[]) => boolean): boolean {
    const names: string[] = [];
    let at: ESTree.Node | undefined = node;
    while (at?.type === 'MemberExpression') {
      names.unshift(propertyOf(at) ?? '*');
      at = unwrapped(at.object);
    }
    if (at?.type !== 'Identifier' || !isIt(names)) return false;
    const definition = resolver.variableOf(at)?.defs[0];
    if (definition === undefined) return REQUEST_NAME.test(at.name);
    if (definition.type !== 'Parameter' || !isFunction(definition.node)) return false;
    const { name } = at;
    const position = definition.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
    return position >= 0 && isRequest(definition.node, position, name, []);
  }

  return {
    isFromClient: (node) => isSo(node, { isEndless: false, steps: 0 }),
    isEndless: (node) => isSo(node, { isEndless: true, steps: 0 }),
  };
}

const isOfError = (members: readonly string[]): boolean => /^(message|stack)$/.test(members.join('.'));

function bindsName(parameter: ESTree.Pattern, name: string): boolean {
  const pattern = withoutDefault(parameter);
  return pattern.type === 'Identifier' ? pattern.name === name : destructuredPath(pattern, name) !== undefined;
}

function pathInParameter(parameter: ESTree.Pattern, name: string): readonly string[] {
  const pattern = withoutDefault(parameter);
  return pattern.type === 'Identifier' ? [] : (destructuredPath(pattern, name)?.split('.') ?? []);
}

const withoutDefault = (parameter: ESTree.Pattern): ESTree.Pattern => (parameter.type === 'AssignmentPattern' ? parameter.left : parameter);

function decoratorsOf(parameter: ESTree.Pattern, resolver: Resolver): readonly string[] {
  return ((parameter as Decorated).decorators ?? []).flatMap(({ expression }) => exportedName(expression, resolver) ?? []);
}
