import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { CLEANUP_METHODS, STARTS_AGAIN } from '../data/emitters.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What is made for one piece of work, to say how it goes. */
const TELLS = /(Emitter|EventTarget|PassThrough|Readable|Writable|Duplex|Stream|Deferred|Subject|Controller)$/;
const TELLS_BY = /^(emit|dispatchEvent|push|write|end|destroy|resolve|reject|next|error|abort|enqueue)$/;
/** Methods that are called once for an object, or again after it has ended. */
const ONCE_EACH = /^#?_*(init|set_?up|boot|configure|attach|bind|mount|install|register|subscribe|watch|pipe|on[A-Z]|handle)|(All|Once|Events|Listeners?|Handlers?)$/;

/** A listener that is about one call of a function, on an emitter that is there for all of them. */
export interface WorkLeak {
  readonly functionName: string;
}

/**
 * Whether each call of a function leaves a listener on a field of the object that the constructor made, to tell what the call returned of its events:
 * `this.cache.on('error', (error) => result.emit('error', error))`. Undefined for other listeners, and for methods that by their names are called once.
 */
export function workLeak({ kind, key, call, listener }: Registration, model: FileModel): WorkLeak | undefined {
  if (kind !== 'add' || typeof key !== 'object' || key.life !== 'instance' || key.path.length === 0 || !isFunction(unwrapped(listener))) return undefined;
  const owner = calleesOf(listener, model).map((callee) => makerOf(callee, model)).find((each) => each !== undefined && isInside(call, each));
  if (owner === undefined || !isRepeated(owner) || !isMadeByConstructor(key, model)) return undefined;
  return { functionName: model.functions.nameOf(owner) };
}

function calleesOf(listener: object | undefined, { targets, functions }: FileModel): readonly ESTree.Node[] {
  return targets.of(listener ?? {}).flatMap((target) => (typeof target === 'number' ? functions.callsIn(target).map(({ callee }) => callee as ESTree.Node) : []));
}

/** The function that makes `result` for `result.emit`, and returns it. */
function makerOf(given: ESTree.Node, { resolver }: FileModel): FunctionNode | undefined {
  const callee = unwrapped(given);
  const object = callee?.type === 'MemberExpression' && TELLS_BY.test(propertyOf(callee) ?? '') ? unwrapped(callee.object) : undefined;
  const variable = object?.type === 'Identifier' ? resolver.variableOf(object) : undefined;
  const definition = variable?.defs[0];
  const value = definition?.type === 'Variable' ? unwrapped(definition.node.init) : undefined;
  if (variable === undefined || value?.type !== 'NewExpression' || !TELLS.test(lastName(value.callee))) return undefined;
  const maker = functionAround(value);
  return maker !== undefined && isReturned(variable, maker) ? maker : undefined;
}

function lastName(given: ESTree.Node): string {
  const callee = unwrapped(given);
  return callee?.type === 'Identifier' ? callee.name : callee?.type === 'MemberExpression' ? (propertyOf(callee) ?? '') : '';
}

function isReturned({ references }: Scope.Variable, maker: FunctionNode): boolean {
  return references.some(({ identifier }) => (identifier as Parented).parent?.type === 'ReturnStatement' && functionAround(identifier) === maker);
}

/** A method or a function that one returns, which neither begins nor ends the object. */
export function isRepeated(owner: FunctionNode): boolean {
  for (let at: FunctionNode | undefined = owner; at !== undefined; at = functionAround(at)) {
    const name = methodName(at);
    if (name === undefined) continue;
    return name !== 'constructor' && !STARTS_AGAIN.has(name) && !CLEANUP_METHODS.has(name) && !ONCE_EACH.test(name);
  }
  return false;
}

function methodName(node: FunctionNode): string | undefined {
  const { parent } = node as Parented;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'Property' || parent?.type === 'PropertyDefinition') return keyOf(parent);
  // Pool.prototype.query = function () {}
  const left = parent?.type === 'AssignmentExpression' && parent.right === node ? unwrapped(parent.left) : undefined;
  return left?.type === 'MemberExpression' ? propertyOf(left) : undefined;
}

/** Whether a field gets its value in the constructor, and no other after that. */
export function isMadeByConstructor(field: Place, { places }: FileModel): boolean {
  const writes = places.usesOf(field).filter((use) => {
    const { parent } = use as Parented;
    return (parent?.type === 'AssignmentExpression' && parent.left === use) || (parent?.type === 'PropertyDefinition' && parent.key === use && Boolean(parent.value));
  });
  return writes.length > 0 && writes.every((use) => {
    const around = functionAround(use);
    const method = around === undefined ? undefined : (around as Parented).parent;
    return around === undefined || around.body === field.root || (use as Parented).parent?.type === 'PropertyDefinition' || (method?.type === 'MethodDefinition' && method.kind === 'constructor');
  });
}

function isInside(node: ESTree.Node, owner: FunctionNode): boolean {
  for (let at = functionAround(node); at !== undefined; at = functionAround(at)) if (at === owner) return true;
  return false;
}
