import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { propertyOf, unwrapped } from './resolver.js';

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
  const parent = (node as Parented).parent;
  if (parent?.type === 'MethodDefinition') return ofClass(parent.parent?.parent, parent.static);
  if (parent?.type === 'Property' && parent.parent?.type === 'ObjectExpression') return { kind: 'object', owner: parent.parent };
  if (parent?.type === 'AssignmentExpression' && parent.right === node) {
    const constructor = constructorOfMethod(parent.left);
    if (constructor !== undefined) return { kind: 'constructor', owner: constructor };
  }
  // By convention what is called with `new` has a capital.
  return node.type === 'FunctionDeclaration' && /^[A-Z]/.test((node.id as ESTree.Identifier | null)?.name ?? '') ? { kind: 'constructor', owner: node } : undefined;
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
