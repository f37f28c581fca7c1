import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import type { MarkedHandler } from '../cross-file/summary.js';
import { EVENT_NAME, GIVES_PARTS, NO_PART, PART_DECORATORS, PART_TYPES, PARTS } from '../data/request-objects.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { exportedName } from './exported-name.js';
import type { FileModel, Reach } from './model.js';
import { destructuredPath, isAssignedOnce, propertyOf, unwrapped, type Resolver } from './resolver.js';
import { mentions } from './words.js';

/** A request, response, context or socket, or one that keeps these alive. */
export interface RequestObject {
  /** As the code has it: `req`, `req.socket`. */
  readonly name: string;
  /** How it comes to the function that was given it. */
  readonly reach: Reach;
}

export interface RequestObjects {
  /** What an expression denotes, through `const` aliases, destructuring and helpers of the file. */
  readonly of: (node: object | null | undefined) => RequestObject | undefined;
}

type Parented = ESTree.Node & { readonly parent?: Parented | null };
type Annotated = ESTree.Node & {
  readonly decorators?: readonly { readonly expression: ESTree.Node }[];
  readonly typeAnnotation?: { readonly typeAnnotation?: { readonly type: string; readonly typeName?: ESTree.Node } };
};

const MAX_STEPS = 8;
/** Types and packages of servers; those of frameworks are looked for with their handlers. */
const TYPED = ['NextApiRequest', 'NextApiResponse', 'NextRequest', 'ServerResponse', 'Http2ServerRequest', 'Http2ServerResponse', 'ServerHttp2Stream', 'ServerHttp2Session', 'ExecutionContext', 'ArgumentsHost', 'H3Event', 'socket.io', 'express-serve-static-core', '@types/express'];

/** Whether a file can have requests at all: most files of most programs cannot, and are left at once. */
export function mayHaveRequests(context: Rule.RuleContext): boolean {
  const { sourceCode } = context;
  return mayHaveHandlers(context) || mentions(sourceCode, TYPED) || (mentions(sourceCode, ['@']) && mentions(sourceCode, PART_DECORATORS));
}

/** Whether any value of a file can be one: something is reached from a handler, or typed or decorated. */
export function hasRequests({ isReached, nodes }: FileModel): boolean {
  return isReached || nodes.of('TSTypeReference').length > 0 || nodes.of('Decorator').length > 0;
}

/**
 * Finds out which values are requests: by what frameworks call with them, by decorators, by annotations, and last by name.
 *
 * @param names of parameters that are taken for one in code that a handler reaches, where no call of it is seen
 */
export function makeRequestObjects(model: FileModel, names: readonly string[]): RequestObjects {
  const { resolver, handlers, reachOf } = model;
  const handlerOf = new Map<object, MarkedHandler>(handlers.map((handler) => [handler.node, handler]));
  const { callersOf } = model;
  const known = new Map<object, RequestObject | undefined>();

  function of(given: object | null | undefined, steps = 0): RequestObject | undefined {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return undefined;
    if (node.type === 'Identifier') return ofName(node, steps + 1);
    if (node.type === 'MemberExpression') return PARTS.has(propertyOf(node) ?? '') ? partOf(of(node.object, steps + 1), propertyOf(node)) : undefined;
    if (node.type === 'ConditionalExpression') return of(node.consequent, steps + 1) ?? of(node.alternate, steps + 1);
    if (node.type === 'LogicalExpression') return of(node.right, steps + 1) ?? of(node.left, steps + 1);
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.arguments.length > 0) return undefined;
    const method = propertyOf(node.callee) ?? '';
    return GIVES_PARTS.has(method) ? of(node.callee.object, steps + 1) : undefined;
  }

  function ofName(node: ESTree.Identifier, steps: number): RequestObject | undefined {
    const variable = resolver.variableOf(node);
    const [definition, ...others] = variable?.defs ?? [];
    if (variable === undefined || definition === undefined || others.length > 0 || !isAssignedOnce(variable)) return undefined;
    if (known.has(variable)) return known.get(variable);
    known.set(variable, undefined); // A circle has no beginning.
    const found = definition.type === 'Parameter' ? ofParameter(definition.node, node.name, steps) : definition.type === 'Variable' ? ofValue(definition.node, node.name, steps) : undefined;
    const named = found && { ...found, name: node.name };
    known.set(variable, named);
    return named;
  }

  function ofValue({ id, init }: ESTree.VariableDeclarator, name: string, steps: number): RequestObject | undefined {
    if (id.type === 'Identifier') return of(init, steps);
    return arePartsOnly(destructuredPath(id, name)) ? of(init, steps) : undefined;
  }

  function ofParameter(owner: FunctionNode, name: string, steps: number): RequestObject | undefined {
    const position = owner.params.findIndex((parameter) => bindsName(parameter, name));
    const parameter = owner.params[position];
    if (parameter === undefined) return undefined;
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type === 'ObjectPattern' && !arePartsOnly(destructuredPath(pattern, name))) return undefined;
    const reach = reachOf(owner.body) ?? { scope: 'request', reason: `${model.functions.nameOf(owner)}()`, via: [] };
    const found = { name, reach };
    if (isDecorated(pattern, resolver) || isTyped(pattern)) return found;
    const handler = handlerOf.get(owner);
    if (handler !== undefined && isCalledOnce(owner)) return undefined;
    // Messages and jobs come without a request; what is bound in front of them may be one.
    if (handler !== undefined && (handler.scope === 'request' || handler.scope === 'connection')) return isPosition(handler, owner, position) && !NO_PART.test(name) ? found : undefined;
    const calls = callersOf(owner);
    if (calls.length > 0) return calls.map((call) => of(call.arguments[position], steps)).find((each) => each !== undefined);
    // A function of another file's handler, as far as the index of files knows.
    return names.includes(name) && reachOf(owner.body) !== undefined && !isCallback(owner) ? found : undefined;
  }

  function isTyped({ typeAnnotation }: Annotated): boolean {
    const type = typeAnnotation?.typeAnnotation;
    const path = type?.type === 'TSTypeReference' ? pathOfType(type.typeName) : undefined;
    const [module = '', name = ''] = path?.split('#') ?? [];
    return PART_TYPES.some(([modules, types]) => modules.test(module) && types.test(name));
  }

  /** `Request`, `express.Request` */
  function pathOfType(name: ESTree.Node | undefined): string | undefined {
    const { type, left, right } = (name ?? {}) as { readonly type?: string; readonly left?: ESTree.Node; readonly right?: { readonly name: string } };
    if (type !== 'TSQualifiedName') return resolver.pathOf(name);
    const module = resolver.pathOf(left);
    return module?.endsWith('#') === true ? `${module}${right?.name ?? ''}` : undefined;
  }

  return { of: (node) => of(node) };
}

/** Where frameworks hand over requests and responses. */
function isPosition({ reason }: MarkedHandler, owner: FunctionNode, position: number): boolean {
  // Methods of NestJS say by decorators what they want.
  if (reason.startsWith('@')) return false;
  if (/^(PipeTransform)\./.test(reason)) return false;
  if (/^Ws?ExceptionFilter\.|^ExceptionFilter\./.test(reason)) return position === 1;
  if (/^(CanActivate|NestInterceptor)\.|^on '(stream|session)'/.test(reason)) return position === 0;
  // Of tRPC: `({ ctx, input })`, and the names of Lambda's.
  if (/^(query|mutation|subscription) at/.test(reason)) return isObjectPattern(owner.params[position]);
  if (/^(export|exports)[ .]handler/.test(reason)) return !EVENT_NAME.test(nameAt(owner, 0)) && position < 2;
  const first = owner.params.length === 4 || reason.startsWith('setErrorHandler') || /^_?(err|error)$/.test(nameAt(owner, 0)) ? 1 : 0;
  return position === first || position === first + 1;
}

const isObjectPattern = (pattern: ESTree.Pattern | undefined): boolean => pattern?.type === 'ObjectPattern';

function nameAt({ params }: FunctionNode, position: number): string {
  const parameter = params[position];
  return parameter?.type === 'Identifier' ? parameter.name : '';
}

/** An argument of a call: whoever calls it knows with what. */
function isCallback(owner: FunctionNode): boolean {
  return (owner as Parented).parent?.type === 'CallExpression';
}

/** `server.once('request', f)`: there is one, whatever keeps it. */
function isCalledOnce(owner: FunctionNode): boolean {
  const { parent } = owner as Parented;
  return parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && propertyOf(parent.callee) === 'once';
}

/** `@Req()`, but not `@Req('id')`, which is a part of it. */
function isDecorated({ decorators = [] }: Annotated, resolver: Resolver): boolean {
  return decorators.some(({ expression }) => (expression.type !== 'CallExpression' || expression.arguments.length === 0) && PART_DECORATORS.has(exportedName(expression, resolver) ?? ''));
}

function bindsName(parameter: ESTree.Pattern, name: string): boolean {
  const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return pattern.type === 'Identifier' ? pattern.name === name : destructuredPath(pattern, name) !== undefined;
}

const arePartsOnly = (path: string | undefined): boolean => path?.split('.').every((part) => PARTS.has(part)) ?? false;

function partOf(whole: RequestObject | undefined, part: string | undefined): RequestObject | undefined {
  return whole === undefined || part === undefined ? undefined : { ...whole, name: `${whole.name}.${part}` };
}
