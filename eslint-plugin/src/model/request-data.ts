import type * as ESTree from 'estree';

import { destructuredPath, propertyOf, type Resolver, unwrapped } from './resolver.js';

const REQUEST = /^_?(req|request|ctx|context|c|q|event)$/;
const ERROR = /^_?(err|error|e|ex|reason)$/;
/** What clients choose: as many values as there are clients, or more. */
const CHOSEN_BY_CLIENTS = /^(?:request\.|req\.|raw\.)?(url|originalUrl|path|href|querystring|ip|ips|hostname|id|search)$|^(?:request\.|req\.)?(params|query|body|headers|cookies|session|user)(\.|$)|^(rawPath|requestContext)/;
const OF_ERRORS = /^(message|stack)$/;
const ENDLESS = /^(global#Date\.now|global#Math\.random|(global#)?crypto#?\.?randomUUID|global#performance\.now|uuid#v\d|nanoid#nanoid|new global#Date.*)$/;
const NO_CALL = /(?!)/;
const SAME_VALUE_CALLS = /^global#(String|Number|parseInt|parseFloat|BigInt|Number\.parseInt|Number\.parseFloat|decodeURIComponent|encodeURIComponent)$/;
const SAME_VALUE_METHODS = new Set(['toString', 'toLowerCase', 'toUpperCase', 'trim', 'slice', 'substring']);
const MAX_STEPS = 6;

/** Whether an expression is what a client sent or what never repeats, passed on as it is: `req.url`, `String(req.params.id)`, `err.message`. */
export const isEndless = (node: object | null | undefined, resolver: Resolver): boolean => is(node, resolver, ENDLESS);

/** Whether an expression is what a client sent, passed on as it is: `req.query.n`, `Number(req.params.count)`. */
export const isFromClient = (node: object | null | undefined, resolver: Resolver): boolean => is(node, resolver, NO_CALL);

function is(given: object | null | undefined, resolver: Resolver, calls: RegExp, steps = 0): boolean {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return false;
  const isSo = (part: object | null | undefined): boolean => is(part, resolver, calls, steps + 1);
  switch (node.type) {
    case 'TemplateLiteral':
      return node.expressions.some(isSo);
    case 'LogicalExpression':
    case 'BinaryExpression':
      return isSo(node.left) || isSo(node.right);
    case 'ConditionalExpression':
      return isSo(node.consequent) || isSo(node.alternate);
    case 'CallExpression': {
      if (calls.test(resolver.pathOf(node.callee) ?? '')) return true;
      if (SAME_VALUE_CALLS.test(resolver.pathOf(node.callee) ?? '')) return isSo(node.arguments[0]);
      return node.callee.type === 'MemberExpression' && SAME_VALUE_METHODS.has(propertyOf(node.callee) ?? '') && isSo(node.callee.object);
    }
    case 'MemberExpression':
      return isEndlessMember(memberPath(node), resolver);
    case 'Identifier':
      return isEndlessVariable(node, resolver, { calls, steps });
    default:
      return false;
  }
}

interface MemberPath {
  readonly root: ESTree.Identifier;
  readonly names: readonly string[];
}

/** `req.params.id` in parts; a name that is only known at run time is `*`. */
function memberPath(node: ESTree.MemberExpression): MemberPath | undefined {
  const names: string[] = [];
  let at: ESTree.Node | undefined = node;
  while (at?.type === 'MemberExpression') {
    names.unshift(propertyOf(at) ?? '*');
    at = unwrapped(at.object);
  }
  return at?.type === 'Identifier' ? { root: at, names } : undefined;
}

function isEndlessMember(path: MemberPath | undefined, resolver: Resolver): boolean {
  if (path === undefined) return false;
  const { root, names } = path;
  const type = resolver.variableOf(root)?.defs[0]?.type;
  if (type === 'CatchClause' || (type === 'Parameter' && ERROR.test(root.name))) return OF_ERRORS.test(names.join('.'));
  return type === 'Parameter' && REQUEST.test(root.name) && CHOSEN_BY_CLIENTS.test(names.join('.'));
}

/** `const { url } = req` and `const path = req.path`. */
function isEndlessVariable(node: ESTree.Identifier, resolver: Resolver, { calls, steps }: { readonly calls: RegExp; readonly steps: number }): boolean {
  const variable = resolver.variableOf(node);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Variable' || variable.references.filter((reference) => reference.isWrite()).length > 1) return false;
  const { id, init } = definition.node;
  if (id.type === 'Identifier') return is(init, resolver, calls, steps + 1);
  const name = destructuredPath(id, node.name);
  const from = unwrapped(init);
  if (name === undefined || from === undefined) return false;
  if (from.type === 'Identifier') return isEndlessMember({ root: from, names: name.split('.') }, resolver);
  if (from.type !== 'MemberExpression') return false;
  const outer = memberPath(from);
  return outer !== undefined && isEndlessMember({ root: outer.root, names: [...outer.names, ...name.split('.')] }, resolver);
}
