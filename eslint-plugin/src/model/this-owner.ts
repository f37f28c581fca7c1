import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { propertyOf, unwrapped } from './syntax.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What `this` is about: the objects of a class (or of a constructor function), the class itself, or one object that is written out. */
export type ThisOwner =
  | { readonly kind: 'instance' | 'static'; readonly owner: ESTree.ClassDeclaration | ESTree.ClassExpression }
  | { readonly kind: 'constructor'; readonly owner: FunctionNode | ESTree.Identifier }
  | { readonly kind: 'object'; readonly owner: ESTree.ObjectExpression };

/** Whose `this` stands at a node; undefined at the top of a file and in functions of which nobody knows how they are called. */
export function thisOwnerAt(node: object): ThisOwner | undefined {
  let at = (node as Parented).parent;
  for (; at !== null && at !== undefined; at = at.parent) {
    if (at.type === 'PropertyDefinition') return ofClass(at.parent?.parent, at.static);
    if (at.type === 'StaticBlock') return ofClass(at.parent?.parent, true);
    if (isFunction(at) && at.type !== 'ArrowFunctionExpression') return ofFunction(at);
  }
  return undefined;
}

function ofFunction(node: FunctionNode): ThisOwner | undefined {
  const bound = boundThis(node);
  if (bound !== undefined) return thisOwnerAt(bound);
  const parent = (node as Parented).parent;
  if (parent?.type === 'MethodDefinition') return ofClass(parent.parent?.parent, parent.static);
  if (parent?.type === 'Property' && parent.parent?.type === 'ObjectExpression') return ofObject(parent.parent);
  if (parent?.type === 'AssignmentExpression' && parent.right === node) {
    const constructor = constructorOfMethod(parent.left);
    if (constructor !== undefined) return { kind: 'constructor', owner: constructor };
    const target = unwrapped(parent.left);
    // this.send = function () {}
    if (target?.type === 'MemberExpression' && target.object.type === 'ThisExpression') return thisOwnerAt(target.object);
  }
  // By convention what is called with `new` has a capital.
  return /^[A-Z]/.test(nameOf(node) ?? '') ? { kind: 'constructor', owner: node } : undefined;
}

/** The `this` that `function () {}.bind(this)` is given. */
function boundThis(node: FunctionNode): ESTree.Node | undefined {
  const member = (node as Parented).parent;
  if (member?.type !== 'MemberExpression' || member.object !== node || propertyOf(member) !== 'bind') return undefined;
  const given = member.parent?.type === 'CallExpression' ? member.parent.arguments[0] : undefined;
  return given?.type === 'ThisExpression' ? given : undefined;
}

/** Of a method in `{ … }`, or in `Pool.prototype = { … }`. */
function ofObject(owner: Parented & ESTree.ObjectExpression): ThisOwner {
  const { parent } = owner;
  const prototype = parent?.type === 'AssignmentExpression' && parent.right === owner ? unwrapped(parent.left) : undefined;
  const name = prototype?.type === 'MemberExpression' && propertyOf(prototype) === 'prototype' ? unwrapped(prototype.object) : undefined;
  return name?.type === 'Identifier' ? { kind: 'constructor', owner: name } : { kind: 'object', owner };
}

/** `function Pool() {}`, `const Pool = function () {}`, `exports.Pool = function () {}`; no arrow function is called with `new`. */
function nameOf(node: FunctionNode): string | undefined {
  if (node.type === 'ArrowFunctionExpression') return undefined;
  if (node.id) return node.id.name;
  const parent = (node as Parented).parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' ? propertyOf(parent.left) : undefined;
}

/** The function whose objects a `this` of the kind 'constructor' is about. */
export function constructorFunction(owner: FunctionNode | ESTree.Identifier, variableOf: (node: ESTree.Identifier) => Scope.Variable | undefined): FunctionNode | undefined {
  if (owner.type !== 'Identifier') return owner;
  const definition = variableOf(owner)?.defs[0];
  const value = definition?.type === 'Variable' ? unwrapped(definition.node.init) : definition?.node as unknown;
  return isFunction(value) ? value : undefined;
}

/** `Pool` of `Pool.prototype.start = function () {}`. */
function constructorOfMethod(left: ESTree.Node): ESTree.Identifier | undefined {
  const method = unwrapped(left);
  const prototype = method?.type === 'MemberExpression' ? unwrapped(method.object) : undefined;
  if (prototype?.type !== 'MemberExpression' || propertyOf(prototype) !== 'prototype') return undefined;
  const owner = unwrapped(prototype.object);
  return owner?.type === 'Identifier' ? owner : undefined;
}

function ofClass(node: Parented | null | undefined, isStatic: boolean): ThisOwner | undefined {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression' ? { kind: isStatic ? 'static' : 'instance', owner: node } : undefined;
}
