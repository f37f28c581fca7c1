import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode, Functions } from '../cross-file/functions.js';
import type { MarkedHandler, Scope } from '../cross-file/summary.js';
import type { Targets } from '../cross-file/targets.js';
import { isNode } from '../cross-file/steps.js';
import { type Nodes } from '../model/nodes.js';
import { keyOf, propertyOf, type Resolver, unwrapped } from '../model/resolver.js';
import type { HcnodeSettings } from '../settings.js';
import { byClass } from './class-methods.js';
import { isFastifyInstance } from './fastify-instances.js';
import { byResolvers } from './graphql-resolvers.js';
import { bySocket } from './socket-messages.js';
import {
  FOR_REQUESTS, HANDLER_CALLS, HANDLER_EVENTS, HANDLER_EXPORTS, HANDLER_METHODS, HANDLER_PROPERTIES, HTTP_FRAMEWORKS, LAMBDA_EXPORT, REQUEST_HOOKS, REQUEST_NAME,
  RESPONSE_NAME, ROUTE_METHODS, ROUTER_NAMES,
} from './tables.js';

export interface Parts {
  readonly sourceCode: SourceCode;
  readonly nodes: Nodes;
  readonly functions: Functions;
  readonly targets: Targets;
  readonly resolver: Resolver;
  readonly settings: HcnodeSettings;
}

export type Mark = (value: object | null | undefined, scope: Scope, name: string, at: ESTree.Node) => void;

/** The functions of a file that something calls for every request, connection, message or job. The first reason found for one counts. */
export function findHandlers(parts: Parts): readonly MarkedHandler[] {
  const { nodes, settings, functions, targets, resolver } = parts;
  const marked = new Map<object, MarkedHandler>();
  const mark: Mark = (value, scope, name, at) => {
    const node = unwrapped(value);
    if (node === undefined || settings.notHandlers.includes(name)) return;
    const handler = { scope, reason: `${name} at line ${at.loc?.start.line ?? 1}` };
    const own = targets.of(node).flatMap((target) => (typeof target === 'number' ? [functions.list[target]] : []));
    // Elsewhere: the linker of files knows what it is.
    if (own.length === 0 && !marked.has(node)) marked.set(node, { node, ...handler });
    for (const each of own) if (each !== undefined && !marked.has(each)) marked.set(each, { node: each, ...handler });
  };

  for (const call of [...nodes.of('CallExpression'), ...nodes.of('NewExpression')]) {
    byPath(call, resolver, mark);
    bySettings(call, parts, mark);
    byResolvers(call, resolver, mark);
    if (call.callee.type === 'MemberExpression') byMethod(call, call.callee, parts, mark);
  }
  for (const method of nodes.of('MethodDefinition')) byClass(method, parts, mark);
  byExport(parts, mark);
  for (const node of functions.list) {
    bySignature(node, settings, mark);
    const name = functions.nameOf(node);
    if (FOR_REQUESTS.test(name) && REQUEST_NAME.test(parametersOf(node)[0] ?? '')) mark(node, 'request', `${name}()`, node);
  }
  if ([...marked.values()].some(({ scope }) => scope === 'connection')) bySocket(marked, parts, mark);
  return [...marked.values()];
}

type AnyCall = ESTree.SimpleCallExpression | ESTree.NewExpression;

function byPath(call: AnyCall, resolver: Resolver, mark: Mark): void {
  const path = call.type === 'NewExpression' ? resolver.pathOf(call) : resolver.pathOf(call.callee);
  if (path === undefined) return;
  for (const entry of HANDLER_CALLS) {
    if (!entry.path.test(path)) continue;
    for (const argument of chosen(call, entry.positions)) markFunctions(argument, (value) => { mark(value, entry.scope, path.replace('global#', ''), call); });
  }
}

function bySettings(call: AnyCall, { settings, sourceCode }: Parts, mark: Mark): void {
  if (settings.handlerCalls.length === 0) return;
  const text = sourceCode.getText(call.callee);
  for (const { callee, args } of settings.handlerCalls) {
    if (callee === text) for (const argument of chosen(call, args)) markFunctions(argument, (value) => { mark(value, 'request', callee, call); });
  }
}

function byMethod(call: AnyCall, callee: ESTree.MemberExpression, parts: Parts, mark: Mark): void {
  const method = propertyOf(callee);
  if (method === undefined) return;
  const { resolver, sourceCode } = parts;
  const path = resolver.pathOf(callee.object);
  // A name that nothing declares is of a part of the program that is not seen.
  const receiver = path === undefined || /^global#\w+$/.test(path) ? `unknown:${sourceCode.getText(callee.object)}` : path;
  if (ROUTE_METHODS.has(method)) byRoute(call, { callee, method, path }, parts, mark);
  const [first, second] = call.arguments;
  const event = first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined;
  if (event !== undefined && ['on', 'once', 'addListener', 'prependListener'].includes(method)) {
    const entry = HANDLER_EVENTS.find((each) => each.event === event && (each.emitter === undefined || each.emitter.test(receiver)));
    if (entry !== undefined) mark(second, entry.scope, `on '${event}'`, call);
  }
  if (method === 'addHook' && event !== undefined && REQUEST_HOOKS.has(event)) mark(second, 'request', `hook ${event}`, call);
  if (isFastify(path, callee, resolver) && ['setErrorHandler', 'setNotFoundHandler', 'addContentTypeParser'].includes(method)) {
    for (const argument of call.arguments) markFunctions(argument, (value) => { mark(value, 'request', method, call); });
  }
  for (const entry of HANDLER_METHODS) {
    if (entry.method !== method || !entry.receiver.test(receiver)) continue;
    for (const argument of chosen(call, entry.positions)) {
      for (const value of entry.properties ? propertiesOf(argument, new Set(entry.properties)) : [argument]) markFunctions(value, (found) => { mark(found, entry.scope, method, call); });
    }
  }
}

/** What another file of the project made, or nobody in this one: its name has to tell. */
const OF_THE_PROJECT = /^(new )?([.~@]?\/|\.|global#)/;

interface Route {
  readonly callee: ESTree.MemberExpression;
  readonly method: string;
  readonly path: string | undefined;
}

/** `app.get('/path', …)`: of a known framework, or by the name of the router and the look of the path where it came as a parameter. */
function byRoute(call: AnyCall, { callee, method, path }: Route, { resolver }: Parts, mark: Mark): void {
  const framework = path === undefined || OF_THE_PROJECT.test(path) ? undefined : moduleOf(path);
  if (framework !== undefined && !HTTP_FRAMEWORKS.has(framework)) return;
  const receiver = unwrapped(callee.object);
  const name = receiver?.type === 'Identifier' ? receiver.name : receiver?.type === 'MemberExpression' ? propertyOf(receiver) ?? '' : '';
  const isKnown = framework !== undefined || isFastifyInstance(receiver, resolver);
  const isLikely = ROUTER_NAMES.test(name) && (looksLikePath(call.arguments[0]) || method === 'route' || method === 'use');
  if ((!isKnown && !isLikely && !isChainedRoute(receiver)) || isSetting(call.arguments[0])) return;
  const label = `${name === '' ? 'router' : name}.${method}`;
  for (const argument of call.arguments) {
    for (const value of propertiesOf(argument, HANDLER_PROPERTIES)) markFunctions(value, (found) => { mark(found, 'request', label, call); });
    if (argument.type === 'ObjectExpression') continue;
    // A router, or the result of a call such as express.static(): what is inside was seen where it was made.
    const value = unwrapped(argument);
    if (value?.type === 'CallExpression' && /^\w+#(Router|static|json|urlencoded|text|raw)?\(?\)?$/.test(resolver.pathOf(value.callee) ?? '')) continue;
    markFunctions(argument, (found) => { mark(found, 'request', label, call); });
  }
}

/** Paths begin with a slash: `app.get('view engine', …)` is about a setting. */
const isSetting = (first: ESTree.Node | undefined): boolean => first?.type === 'Literal' && typeof first.value === 'string' && /^[^/*:(]/.test(first.value);

/** `router.route('/x').get(handler)`. */
function isChainedRoute(receiver: ESTree.Node | undefined): boolean {
  if (receiver?.type !== 'CallExpression' || receiver.callee.type !== 'MemberExpression') return false;
  const method = propertyOf(receiver.callee);
  if (method === 'route') return looksLikePath(receiver.arguments[0]);
  return method !== undefined && ROUTE_METHODS.has(method) && isChainedRoute(unwrapped(receiver.callee.object));
}

function looksLikePath(node: ESTree.Node | undefined): boolean {
  if (node?.type === 'Literal') return 'regex' in node || (typeof node.value === 'string' && (node.value.startsWith('/') || node.value === '*'));
  if (node?.type === 'ArrayExpression') return looksLikePath(node.elements[0] ?? undefined);
  return node?.type === 'TemplateLiteral' && (node.quasis[0]?.value.raw.startsWith('/') ?? false);
}

function isFastify(path: string | undefined, { object }: ESTree.MemberExpression, resolver: Resolver): boolean {
  if (path !== undefined) return moduleOf(path) === 'fastify';
  if (isFastifyInstance(object, resolver)) return true;
  const name = unwrapped(object);
  return name?.type === 'Identifier' && /^(app|fastify|server|instance)$/.test(name.name) && resolver.variableOf(name)?.defs[0]?.type === 'Parameter';
}

const moduleOf = (path: string): string => path.replace(/^new /, '').split('#')[0] ?? '';

function byExport({ sourceCode }: Parts, mark: Mark): void {
  for (const statement of sourceCode.ast.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      const { declaration } = statement;
      if (declaration?.type === 'FunctionDeclaration' && isHandlerName(declaration.id.name, declaration)) mark(declaration, 'request', `export ${declaration.id.name}`, declaration);
      if (declaration?.type !== 'VariableDeclaration') continue;
      for (const { id, init } of declaration.declarations) if (id.type === 'Identifier' && isHandlerName(id.name, init)) markFunctions(init, (value) => { mark(value, 'request', `export ${id.name}`, declaration); });
    }
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    if (left.type === 'MemberExpression' && sourceCode.getText(left.object).endsWith('exports') && propertyOf(left) === LAMBDA_EXPORT && isHandlerName(LAMBDA_EXPORT, right)) mark(right, 'request', 'exports.handler', statement);
  }
}

/** Lambda's `handler` takes an event and a context; other things have the name too. */
function isHandlerName(name: string, value: object | null | undefined): boolean {
  if (HANDLER_EXPORTS.has(name)) return true;
  const [first] = parametersOf(value);
  return name === LAMBDA_EXPORT && first !== undefined && /^_?(event|evt|e|request|req)$/.test(first);
}

/** Functions whose parameters are literally those of a handler: controllers are exported, and registered in another file. */
function bySignature(node: FunctionNode, settings: HcnodeSettings, mark: Mark): void {
  const names = parametersOf(node);
  const shifted = names.length === 4 ? names.slice(1) : names; // (err, req, res, next)
  const isOurs = settings.handlerSignatures.some((signature) => signature.every((name, position) => names[position] === name));
  if (isOurs || (REQUEST_NAME.test(shifted[0] ?? '') && RESPONSE_NAME.test(shifted[1] ?? '')) || (REQUEST_NAME.test(names[0] ?? '') && RESPONSE_NAME.test(names[1] ?? ''))) mark(node, 'request', `the (${names.join(', ')}) function`, node);
  else if (names.length === 2 && names[0] === 'ctx' && names[1] === 'next') mark(node, 'request', 'the (ctx, next) function', node);
}

function parametersOf(value: object | null | undefined): string[] {
  const { params } = (value ?? {}) as { readonly params?: readonly unknown[] };
  return (params ?? []).map((parameter) => {
    const { type, name, left } = parameter as { readonly type: string; readonly name?: string; readonly left?: { readonly name?: string } };
    return (type === 'Identifier' ? name : left?.name) ?? '';
  });
}

function chosen(call: AnyCall, positions: readonly number[] | undefined): readonly ESTree.Node[] {
  return positions === undefined ? call.arguments : positions.flatMap((position) => call.arguments[position] ?? []);
}

/** The values under some names of an object literal; nothing for other expressions. */
function propertiesOf(node: ESTree.Node, names: ReadonlySet<string>): readonly ESTree.Node[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) => (property.type === 'Property' && names.has(keyOf(property) ?? '') ? [property.value] : []));
}

/** What may be a function: not literals, and each element of a list. */
function markFunctions(node: ESTree.Node | null | undefined, mark: (value: ESTree.Node) => void): void {
  const value = unwrapped(node);
  if (value === undefined || !isNode(value)) return;
  if (value.type === 'ArrayExpression') {
    for (const element of value.elements) if (element !== null) markFunctions(element, mark);
  } else if (['FunctionExpression', 'ArrowFunctionExpression', 'FunctionDeclaration', 'Identifier', 'MemberExpression', 'CallExpression'].includes(value.type)) mark(value);
}
