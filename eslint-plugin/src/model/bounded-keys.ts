import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FunctionNode } from '../cross-file/functions.js';
import { hasListedType } from './listed-types.js';
import { functionAround, type FileModel } from './model.js';
import { constantExpression } from './options.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';
import { someInside } from './walk.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };
/** Members that have few values, whoever asks. */
export const BOUNDED_MEMBERS: readonly string[] = [
  'method', 'route', 'route.path', 'routerPath', 'routeOptions', 'routeOptions.url', 'baseUrl', 'statusCode', 'status', 'protocol', 'httpVersion', 'secure', 'code', 'constructor.name', 'pid', 'env', 'nodeEnv', 'logLevel', 'level',
];
const BOUNDED_CALLS = /^(getDay|getHours|getMinutes|getMonth|getDate|isArray|is|some|every|includes|startsWith|endsWith|test|has|Boolean)$/;
const MEMBERSHIP = new Set(['has', 'includes', 'hasOwn', 'hasOwnProperty', 'indexOf', 'isAllowed', 'isValid']);
const MAX_STEPS = 8;

export interface BoundedKeys {
  /** Whether a key can only be one of some that the code lists. */
  readonly isBounded: (key: ESTree.Node, of: Place) => boolean;
}

/** @param more members of requests that have few values, such as `tenant` */
export function makeBoundedKeys({ resolver, places, callersOf }: FileModel, sourceCode: SourceCode, more: readonly string[]): BoundedKeys {
  const bounded = new Set([...BOUNDED_MEMBERS, ...more]);

  function isFew(given: object | null | undefined, steps = 0): boolean {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return false;
    const inner = (part: object | null | undefined): boolean => isFew(part, steps + 1);
    switch (node.type) {
      case 'Literal': return true;
      case 'TemplateLiteral': return node.expressions.every(inner);
      case 'ConditionalExpression': return inner(node.consequent) && inner(node.alternate);
      case 'LogicalExpression': return inner(node.left) && inner(node.right);
      case 'UnaryExpression': return node.operator === '!' || node.operator === 'typeof' || inner(node.argument);
      case 'BinaryExpression': return /^(%|&|[<>]=?|[!=]==?|in|instanceof)$/.test(node.operator) || (node.left.type !== 'PrivateIdentifier' && inner(node.left) && inner(node.right));
      case 'CallExpression': return isFewFromCall(node, inner);
      case 'MemberExpression': return isFewMember(node, inner);
      case 'Identifier': return isFewName(node, steps);
      default: return false;
    }
  }

  function isFewFromCall(node: ESTree.SimpleCallExpression, inner: (part: object | null | undefined) => boolean): boolean {
    const callee = unwrapped(node.callee);
    if (callee?.type === 'MemberExpression') return BOUNDED_CALLS.test(propertyOf(callee) ?? '') || (/^(toLowerCase|toUpperCase|toString|trim|slice|charAt)$/.test(propertyOf(callee) ?? '') && inner(callee.object));
    return callee?.type === 'Identifier' && (/^(Boolean)$/.test(callee.name) || (/^(String|Number)$/.test(callee.name) && inner(node.arguments[0])));
  }

  /** `req.method`, `Kind.Active`, `NAMES[x]`. */
  function isFewMember(node: ESTree.MemberExpression, inner: (part: object | null | undefined) => boolean): boolean {
    const names: string[] = [];
    let at: ESTree.Node | undefined = node;
    while (at?.type === 'MemberExpression') {
      names.unshift(propertyOf(at) ?? '*');
      at = unwrapped(at.object);
    }
    if (bounded.has(names.join('.')) || bounded.has(names.slice(-2).join('.')) || bounded.has(names.at(-1) ?? '')) return true;
    const holder = constantExpression(node.object, resolver);
    // A table that is written out has as many values as it has lines.
    if (holder?.type === 'ObjectExpression') return holder.properties.length > 0;
    if (holder?.type === 'ArrayExpression') return holder.elements.every(inner);
    return at?.type === 'Identifier' && /^[A-Z]/.test(at.name) && isImportedOrConstant(at);
  }

  function isImportedOrConstant(node: ESTree.Identifier): boolean {
    const definition = resolver.variableOf(node)?.defs[0];
    return definition !== undefined && definition.type !== 'Parameter' && resolver.variableOf(node)?.scope.type !== 'function';
  }

  function isFewName(node: ESTree.Identifier, steps: number): boolean {
    if (node.name === 'undefined') return true;
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return false;
    if (hasListedType(definition.name, resolver)) return true;
    if (definition.type === 'ImportBinding') return true;
    if (definition.type === 'Parameter') return isFewFromCallers(definition.node, node.name, steps);
    if (definition.type !== 'Variable') return false;
    if (countsOn(variable)) return false;
    const { id, init } = definition.node;
    // const { method } = req
    if (id.type === 'ObjectPattern') return id.properties.some((property) => property.type === 'Property' && property.value.type === 'Identifier' && property.value.name === node.name && property.key.type === 'Identifier' && bounded.has(property.key.name));
    if (id.type !== 'Identifier') return false;
    const written = variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
    const loop = (definition.parent as unknown as Parented).parent;
    if (!init) return loop?.type === 'ForOfStatement' ? isList(loop.right) : written.length > 0 && written.every((each) => isFew(each, steps + 1));
    return written.every((each) => isFew(each, steps + 1));
  }

  /** `last += 1` of a variable of the module or of a function around, that nothing sets back: each call has another. */
  function countsOn({ references, scope }: Scope.Variable): boolean {
    const later = references.filter(({ identifier }) => functionAround(identifier) !== undefined && functionAround(identifier) !== (scope.variableScope.block as object));
    const isCount = ({ identifier }: Scope.Reference): boolean => {
      const { parent } = identifier as Parented;
      return parent?.type === 'UpdateExpression' || (parent?.type === 'AssignmentExpression' && parent.operator === '+=');
    };
    return later.some(isCount) && !later.some((each) => each.isWrite() && !isCount(each));
  }

  /** `template('layout.html')` for the parameter of a helper. */
  function isFewFromCallers(owner: FunctionNode, name: string, steps: number): boolean {
    const position = owner.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
    const calls = position < 0 ? [] : callersOf(owner);
    return calls.length > 0 && calls.every((call) => isFew(call.arguments[position], steps + 1));
  }

  /** What a loop goes through that the code lists: `['a', 'b']`, `Object.keys(LIMITS)`. */
  function isList(given: ESTree.Node): boolean {
    const node = constantExpression(given, resolver);
    if (node?.type === 'ArrayExpression') return true;
    if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !/^(keys|values|entries)$/.test(propertyOf(node.callee) ?? '')) return false;
    return constantExpression(node.arguments[0], resolver)?.type === 'ObjectExpression';
  }

  /** `if (!KINDS.has(kind)) return`, `kind in LIMITS`, `switch (kind)`: asked of something else than what grows. */
  function isAskedFor(key: ESTree.Node, of: Place): boolean {
    const around = functionAround(key);
    if (around === undefined) return false;
    const text = sourceCode.getText(unwrapped(key));
    const isKey = (node: object | undefined): boolean => node !== undefined && sourceCode.getText(node as ESTree.Node) === text;
    const isOther = (node: ESTree.Node): boolean => {
      const place = places.of(node);
      return place === undefined || (place !== of && place.life === 'process' && !growsFromClients(place));
    };
    return someInside(around.body, sourceCode, (node) => {
      if (node.type === 'SwitchStatement') return isKey(node.discriminant);
      if (node.type === 'BinaryExpression') return node.operator === 'in' && node.left.type !== 'PrivateIdentifier' && isKey(node.left) && isOther(node.right);
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !MEMBERSHIP.has(propertyOf(node.callee) ?? '') || node.callee.object.type === 'Super') return false;
      if (propertyOf(node.callee) === 'hasOwn') return isKey(node.arguments[1]) && node.arguments[0] !== undefined && isOther(node.arguments[0]);
      return isKey(node.arguments[0]) && isOther(node.callee.object);
    });
  }

  /** Another collection that handlers add to lists nothing. */
  function growsFromClients(place: Place): boolean {
    return places.usesOf(place).some((use) => {
      const { parent } = use as Parented;
      return parent?.type === 'MemberExpression' && parent.object === use && /^(add|set|push)$/.test(propertyOf(parent) ?? '') && functionAround(parent) !== undefined;
    });
  }

  return { isBounded: (key, of) => isFew(key) || isAskedFor(key, of) };
}
