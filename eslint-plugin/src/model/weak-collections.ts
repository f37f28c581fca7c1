import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { keyOf, propertyOf, unwrapped, type Resolver } from './resolver.js';
import { constructorFunction, thisOwnerAt } from './this-owner.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What each `this.name` of a class, or of a constructor function, is assigned. */
type FieldValues = ReadonlyMap<object, ReadonlyMap<string, readonly ESTree.Node[]>>;

const WEAK = /^new global#(Weak(?:Map|Set))$/;
const MAX_STEPS = 4;

/** 'WeakMap' or 'WeakSet', if everything is one that a variable, a field or a parameter is given in this file. */
export function weakTypeOf(given: object | null | undefined, fields: FieldValues, resolver: Resolver, steps = 0): string | undefined {
  const node = unwrapped(given);
  if (node === undefined || steps > MAX_STEPS) return undefined;
  if (node.type === 'NewExpression') return WEAK.exec(resolver.pathOf(node) ?? '')?.[1];
  if (node.type === 'CallExpression') return weakTypeOf(madeBy(node, resolver), fields, resolver, steps + 1);
  const values = valuesOf(node, fields, resolver)?.filter((value) => !isNothing(value));
  const types = new Set(values?.map((value) => weakTypeOf(value, fields, resolver, steps + 1)));
  return types.size === 1 ? [...types][0] : undefined;
}

/** Every value that a name may have; undefined where some are not known. */
function valuesOf(node: ESTree.Node, fields: FieldValues, resolver: Resolver): readonly ESTree.Node[] | undefined {
  if (node.type === 'MemberExpression') {
    const owner = ownerOfMember(node, resolver);
    const name = propertyOf(node);
    return owner === undefined || name === undefined ? undefined : fields.get(owner)?.get(name);
  }
  const variable = node.type === 'Identifier' ? resolver.variableOf(node) : undefined;
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (variable === undefined || definition === undefined) return undefined;
  const writes = variable.references.flatMap(({ writeExpr, identifier }) => (writeExpr && isWhole(identifier) ? [writeExpr] : writeExpr ? [undefined] : []));
  if (!writes.every((value) => value !== undefined)) return undefined;
  if (definition.type === 'Variable') return writes;
  const passed = definition.type === 'Parameter' && writes.length === 0 ? argumentsFor(definition, resolver) : undefined;
  return passed;
}

/** `name = value`, not `[name] = value`, nor a name that a loop gives values. */
function isWhole(name: object): boolean {
  const { parent } = name as Parented;
  if (parent?.type === 'VariableDeclarator') return parent.id === name && !/^For(In|Of)Statement$/.test((parent as Parented).parent?.parent?.type ?? '');
  return parent?.type === 'AssignmentExpression' && parent.left === name;
}

/** What the calls pass as a parameter of a function that is only called, and only here. */
function argumentsFor({ node, name }: Scope.Definition, resolver: Resolver): readonly ESTree.Node[] | undefined {
  const owner = node as Parented & FunctionNode;
  const index = owner.params.findIndex((parameter) => parameter === name);
  if (index === -1 || owner.type !== 'FunctionDeclaration' || /^Export/.test(owner.parent?.type ?? '')) return undefined;
  const references = resolver.variableOf(owner.id)?.references ?? [];
  const values = references.map(({ identifier }) => {
    const { parent } = identifier as Parented;
    return parent?.type === 'CallExpression' && parent.callee === identifier && !parent.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement') ? parent.arguments[index] : undefined;
  });
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** What a function of this file returns that does nothing else. */
function madeBy({ callee }: ESTree.SimpleCallExpression, { variableOf }: Resolver): ESTree.Node | null | undefined {
  const definition = callee.type === 'Identifier' ? variableOf(callee)?.defs[0] : undefined;
  const made = definition?.type === 'FunctionName' ? definition.node : definition?.type === 'Variable' && definition.parent.kind === 'const' ? definition.node.init : undefined;
  if (!isFunction(made) || made.async === true || made.generator === true) return undefined;
  if (made.body.type !== 'BlockStatement') return made.body;
  const [statement] = made.body.body;
  return statement?.type === 'ReturnStatement' ? statement.argument : undefined;
}

function isNothing(value: ESTree.Node): boolean {
  return (value.type === 'Literal' && value.value === null) || (value.type === 'Identifier' && value.name === 'undefined');
}

/** The class of `this.#seen` and of `Registry.seen`, the object of `state.seen`. */
function ownerOfMember(member: ESTree.MemberExpression, resolver: Resolver): object | undefined {
  const object = unwrapped(member.object);
  if (object?.type === 'ThisExpression') {
    const found = thisOwnerAt(member);
    return found?.kind === 'constructor' ? constructorFunction(found.owner, resolver.variableOf) : found?.owner;
  }
  const definition = object?.type === 'Identifier' ? resolver.variableOf(object)?.defs[0] : undefined;
  if (definition?.type === 'ClassName') return definition.node;
  const made = definition?.type === 'Variable' && definition.parent.kind === 'const' ? unwrapped(definition.node.init) : undefined;
  return made?.type === 'ObjectExpression' ? made : undefined;
}

/** What the fields of a file are given, by who has them. */
export function makeFieldValues(resolver: Resolver): { readonly values: FieldValues; readonly add: (node: object) => void } {
  const values = new Map<object, Map<string, ESTree.Node[]>>();
  function note(owner: object | undefined, name: string | undefined, value: object | null | undefined): void {
    if (owner === undefined || name === undefined || value === null || value === undefined) return;
    const ofOwner = values.get(owner) ?? new Map<string, ESTree.Node[]>();
    values.set(owner, ofOwner.set(name, [...(ofOwner.get(name) ?? []), value as ESTree.Node]));
  }
  return {
    values,
    add(given) {
      const node = given as Parented;
      if (node.type === 'PropertyDefinition') note(node.parent?.parent ?? undefined, keyOf(node), node.value);
      if (node.type === 'Property' && node.parent?.type === 'ObjectExpression') note(node.parent, keyOf(node), isFunction(node.value) ? undefined : node.value);
      const target = node.type === 'AssignmentExpression' ? unwrapped(node.left) : undefined;
      if (node.type === 'AssignmentExpression' && target?.type === 'MemberExpression') note(ownerOfMember(target, resolver), propertyOf(target), node.right);
    },
  };
}
