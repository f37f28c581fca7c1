import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { propertyOf, unwrapped } from '../model/resolver.js';
import { constructorFunction, thisOwnerAt } from '../model/this-owner.js';
import { isFunction, type FunctionNode, type Functions } from './functions.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** The functions that a file writes to members of an object: `Pool.prototype.take = function () {}`, `this.onClose = () => {}` in a class. */
export type AssignedMembers = (node: object, name: string) => readonly FunctionNode[];

/** @returns for a `this` at a node and the name of a member, the functions that it may be */
export function makeAssignedMembers({ list }: Functions, variableOf: (node: ESTree.Identifier) => Scope.Variable | undefined): AssignedMembers {
  let index: Map<object, Map<string, FunctionNode[]>> | undefined;

  function ownerAt(node: object): object | undefined {
    const found = thisOwnerAt(node);
    return found?.kind === 'constructor' ? constructorFunction(found.owner, variableOf) : found?.owner;
  }

  function indexed(): Map<object, Map<string, FunctionNode[]>> {
    const found = new Map<object, Map<string, FunctionNode[]>>();
    for (const node of list) {
      const [name, owner] = nameAndOwner(node, ownerAt, variableOf) ?? [];
      if (name === undefined || owner === undefined) continue;
      const members = found.get(owner) ?? new Map<string, FunctionNode[]>();
      found.set(owner, members.set(name, [...(members.get(name) ?? []), node]));
    }
    return found;
  }

  return (node, name) => {
    const owner = ownerAt(node);
    if (owner === undefined) return [];
    index ??= indexed();
    return index.get(owner)?.get(name) ?? [];
  };
}

type OwnerAt = (node: object) => object | undefined;

function nameAndOwner(node: FunctionNode, ownerAt: OwnerAt, variableOf: Parameters<typeof makeAssignedMembers>[1]): readonly [string, object | undefined] | undefined {
  const value: Parented = boundCall(node) ?? node;
  const { parent } = value;
  if (parent?.type === 'Property' && parent.value === value) return ofPrototypeObject(parent, variableOf);
  const target = parent?.type === 'AssignmentExpression' && parent.right === value ? unwrapped(parent.left) : undefined;
  const name = target?.type === 'MemberExpression' ? propertyOf(target) : undefined;
  if (target?.type !== 'MemberExpression' || name === undefined) return undefined;
  const holder = unwrapped(target.object);
  if (holder?.type === 'ThisExpression') return [name, ownerAt(holder)];
  return holder?.type === 'MemberExpression' && propertyOf(holder) === 'prototype' ? [name, constructorNamed(holder.object, variableOf)] : undefined;
}

/** `Pool.prototype = { take() {} }` */
function ofPrototypeObject(property: Parented & ESTree.Property, variableOf: Parameters<typeof makeAssignedMembers>[1]): readonly [string, object | undefined] | undefined {
  const holder = property.parent;
  const target = holder?.parent?.type === 'AssignmentExpression' && holder.parent.right === holder ? unwrapped(holder.parent.left) : undefined;
  const name = property.key.type === 'Identifier' && !property.computed ? property.key.name : undefined;
  if (name === undefined || target?.type !== 'MemberExpression' || propertyOf(target) !== 'prototype') return undefined;
  return [name, constructorNamed(target.object, variableOf)];
}

function constructorNamed(node: object, variableOf: Parameters<typeof makeAssignedMembers>[1]): object | undefined {
  const name = unwrapped(node);
  if (name?.type !== 'Identifier') return undefined;
  const definition = variableOf(name)?.defs[0];
  return definition?.type === 'ClassName' ? definition.node : constructorFunction(name, variableOf);
}

/** `function () {}.bind(this)` */
function boundCall(node: FunctionNode): Parented | undefined {
  const member = (node as Parented).parent;
  if (member?.type !== 'MemberExpression' || member.object !== node || propertyOf(member) !== 'bind') return undefined;
  return member.parent?.type === 'CallExpression' && member.parent.callee === member && isFunction(node) ? member.parent : undefined;
}
