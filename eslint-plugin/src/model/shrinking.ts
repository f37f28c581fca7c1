import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { functionAround, type FileModel } from './model.js';
import type { Growth } from './growth.js';
import { isLazy } from './lazy.js';
import type { Place } from './places.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const REMOVING = new Set(['delete', 'clear', 'pop', 'shift', 'splice', 'reset', 'prune', 'evict', 'purge', 'removeAll']);
/** Functions that are given a collection only to read it. */
const READING = /^(json|jsonp|send|end|write|render|stringify|log|info|warn|error|debug|trace|keys|values|entries|from|isArray|assign|max|min|Map|Set|String|inspect|emit|expect|equal|deepEqual|structuredClone|fromEntries|freeze|concat|push|all|allSettled)$/;
/** Methods that are called before an object is used. */
const SETS_UP = /^#?_*(init|set_?up|build|create|start|boot|configure|prepare|listen|connect|open|run|launch|mount|install)/i;
const MAX_STEPS = 4;

/** Whether something in the file keeps what is at a place from growing for ever. */
export function isKeptSmall(place: Place, growths: readonly Growth[], model: FileModel, steps = 0): boolean {
  const { places, resolver, functions, targets, nodes } = model;
  const adding = new Set(growths.map(({ node }) => node));
  return isEmptiedFromOutside() || places.usesOf(place).some((use) => {
    let inner = use as Parented;
    let { parent } = inner;
    while (parent !== null && parent !== undefined && unwrapped(parent) !== parent) [inner, parent] = [parent, parent.parent];
    if (parent === null || parent === undefined) return false;
    if (parent.type === 'MemberExpression' && parent.object === inner) return isRemoval(parent) || isMeasured(parent);
    if (parent.type === 'AssignmentExpression' && parent.left === inner) return isSetAnew(parent);
    if (parent.type === 'SpreadElement' || (parent.type === 'CallExpression' && parent.callee !== inner) || parent.type === 'NewExpression') return isHandedOn(parent, inner);
    return isWrittenByPattern(parent, inner);
  });

  /** `repo.cache.clear()`: a field of that name, of whatever object. */
  function isEmptiedFromOutside(): boolean {
    const field = place.life === 'instance' ? place.path.at(-1) : undefined;
    return field !== undefined && nodes.of('CallExpression').some(({ callee }) => {
      if (callee.type !== 'MemberExpression' || !REMOVING.has(propertyOf(callee) ?? '')) return false;
      const owner = unwrapped(callee.object);
      return owner?.type === 'MemberExpression' && propertyOf(owner) === field;
    });
  }

  /** `.delete(k)`, `.length = 0`, `delete map[k]`; `const remove = map.delete.bind(map)` reads the method. */
  function isRemoval(member: Parented & ESTree.MemberExpression): boolean {
    const name = propertyOf(member) ?? '';
    if (REMOVING.has(name)) return true;
    let { parent } = member;
    while (parent !== null && parent !== undefined && unwrapped(parent) !== parent) parent = parent.parent;
    if (parent?.type === 'UnaryExpression' && parent.operator === 'delete') return true;
    return name === 'length' && parent?.type === 'AssignmentExpression' && parent.left === member;
  }

  /** `.size > 1000`, `Object.keys(map).length >= max`: with anything but 0 and 1. */
  function isMeasured(member: Parented & ESTree.MemberExpression): boolean {
    return /^(size|length|byteLength)$/.test(propertyOf(member) ?? '') && isComparedSize(member);
  }

  function isComparedSize(size: Parented): boolean {
    const { parent } = size;
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
      const variable = resolver.variableOf(parent.id);
      return variable?.references.some(({ identifier }) => isComparedSize(identifier as Parented)) ?? false;
    }
    if (parent?.type !== 'BinaryExpression' || !/^([<>]=?|===?)$/.test(parent.operator)) return false;
    const other = parent.left === size ? parent.right : parent.left;
    return !(other.type === 'Literal' && (other.value === 0 || other.value === 1));
  }

  /** Assigned again after its beginning, with something else than itself and more. */
  function isSetAnew(assignment: Parented & ESTree.AssignmentExpression): boolean {
    if (adding.has(assignment) || assignment.operator !== '=') return false;
    const around = functionAround(assignment);
    if (around === undefined || isConstructor(around) || isLazy(assignment, resolver)) return false;
    // Of a variable of a plugin or factory: in its own code it is the beginning.
    const declaredIn = (place.root as { readonly scope?: { readonly variableScope: { readonly block: object } } }).scope?.variableScope.block;
    if (around === declaredIn || isBeginning(assignment, around)) return false;
    const right = unwrapped(assignment.right);
    return !(right?.type === 'LogicalExpression' && places.of(right.left) === place);
  }

  /** `this.requests = {}` of a method that sets up, where nothing else gives it a value. */
  function isBeginning(assignment: Parented, around: FunctionNode): boolean {
    const method = (around as Parented).parent;
    const name = method?.type === 'MethodDefinition' || method?.type === 'Property' ? keyOf(method) : undefined;
    return place.life === 'instance' && SETS_UP.test(name ?? '') && places.usesOf(place).every((use) => (use as Parented).parent === assignment || !isGivenValue(use));
  }

  /** Given to a function that may take from it: of the file, if it does; of others, if it says so or is called once. */
  function isHandedOn(given: Parented, argument: Parented): boolean {
    const call = given.type === 'SpreadElement' ? undefined : given;
    if (call?.type !== 'CallExpression' && call?.type !== 'NewExpression') return false;
    const callee = unwrapped(call.callee);
    const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
    if (name === undefined || READING.test(name)) return isCounted(call, name);
    const own = targets.of(call.callee).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
    if (own.length > 0) return steps < MAX_STEPS && own.some((each) => takesFrom(each, call.arguments.indexOf(argument as ESTree.Expression)));
    return functionAround(call) === undefined || /prune|evict|trim|sweep|clean|expire|limit|cap|purge|gc|drop|remove|flush|drain|clear|reset|bound|rotate|compact|unset|omit|delete/i.test(name);
  }

  /** `Object.keys(map).length > max` */
  function isCounted(call: Parented, name: string | undefined): boolean {
    const { parent } = call;
    return /^(keys|values|entries|from)$/.test(name ?? '') && parent?.type === 'MemberExpression' && parent.object === call && isMeasured(parent);
  }

  function takesFrom(owner: FunctionNode, position: number): boolean {
    const parameter = owner.params[position];
    const inside = parameter?.type === 'Identifier' ? places.of(parameter) : undefined;
    return inside !== undefined && isKeptSmall(inside, [], model, steps + 1);
  }

  /** `[list, other] = [[], list]` */
  function isWrittenByPattern(parent: Parented, inner: Parented): boolean {
    return (parent.type === 'ArrayPattern' && parent.elements.some((element) => element === inner)) || (parent.type === 'Property' && parent.parent?.type === 'ObjectPattern' && parent.value === inner && parent.parent.parent?.type === 'AssignmentExpression');
  }
}

/** Whether a use is where something is put, and what. */
function isGivenValue(use: Parented): boolean {
  const { parent } = use;
  return (parent?.type === 'AssignmentExpression' && parent.left === use) || (parent?.type === 'PropertyDefinition' && parent.key === use && Boolean(parent.value));
}

function isConstructor(node: FunctionNode): boolean {
  const parent = (node as Parented).parent;
  if (parent?.type === 'MethodDefinition') return parent.kind === 'constructor';
  return isFunction(node) && node.type === 'FunctionDeclaration' && /^[A-Z]/.test((node.id as ESTree.Identifier | null)?.name ?? '');
}
