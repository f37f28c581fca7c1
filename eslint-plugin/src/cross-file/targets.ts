import type { Rule, Scope as Scopes, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { variablesOf } from '../model/variables.js';
import { makeAssignedMembers } from './assigned-members.js';
import { isFunction, type CallNode, type FunctionNode, type Functions } from './functions.js';

/** A function of the same file by its place, or `./repo#Repo.prototype.find` of another one; `*` is a whole module. */
export type Target = number | string;

export interface Targets {
  /** What an expression may be, as far as names tell; nothing if they do not. */
  readonly of: (node: object) => readonly Target[];
  readonly ofCall: (call: CallNode) => readonly Target[];
  /** The methods of a class: `prototype.find` for those of its objects, `find` for its own. */
  readonly membersOf: (owner: ClassNode) => readonly (readonly [path: string, target: Target])[];
}

export type ClassNode = ESTree.ClassDeclaration | ESTree.ClassExpression;

type Expression = ESTree.Node & Partial<Rule.NodeParentExtension>;

/** Names are followed so far: a chain that is longer is rather a circle. */
const MAX_STEPS = 8;
const WRAPPERS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression', 'AwaitExpression', 'ParenthesizedExpression']);

/** Resolves names by scopes alone: imports, `require`, variables that are assigned once, classes, objects, annotations of constructors. */
export function makeTargets(sourceCode: SourceCode, functions: Functions): Targets {
  const variableOf = variablesOf(sourceCode);
  const members = new Map<ClassNode, ReturnType<Targets['membersOf']>>();
  const assignedMembers = makeAssignedMembers(functions, variableOf);

  function resolve(given: object | null | undefined, steps = 0): readonly Target[] {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return [];
    if (isFunction(node)) return ordinal(node);
    if (node.type === 'Identifier') return ofVariable(node, steps + 1);
    if (node.type === 'MemberExpression') return ofMember(node, steps + 1);
    if (node.type === 'CallExpression') return ofValue(node, steps + 1);
    if (node.type === 'ConditionalExpression') return [...resolve(node.consequent, steps + 1), ...resolve(node.alternate, steps + 1)];
    if (node.type === 'ImportExpression') return moduleOf(node.source);
    return [];
  }

  function ordinal(node: FunctionNode): readonly Target[] {
    const place = functions.ordinalOf(node);
    return place === undefined ? [] : [place];
  }

  /** `require('x')`, and wrappers such as `asyncHandler(f)` and `f.bind(this)`, which call what they are given. */
  function ofValue(node: ESTree.SimpleCallExpression, steps: number): readonly Target[] {
    if (node.callee.type === 'Identifier' && node.callee.name === 'require') return moduleOf(node.arguments[0]);
    if (node.callee.type === 'MemberExpression' && propertyOf(node.callee) === 'bind') return resolve(node.callee.object, steps);
    return [...returnedFunction(node, steps), ...node.arguments.flatMap((argument) => (argument.type === 'SpreadElement' ? [] : resolve(argument, steps)))];
  }

  /** `memoize(load)`, of what a function of this file returns in the end, if that is a function. */
  function returnedFunction({ callee }: ESTree.SimpleCallExpression, steps: number): readonly Target[] {
    return resolve(callee, steps).flatMap((target) => {
      const returned = typeof target === 'number' ? valueOf(returnedBy(functions.list[target])) : undefined;
      if (isFunction(returned)) return ordinal(returned);
      return returned?.type === 'Identifier' ? ofVariable(returned, steps + 1) : [];
    });
  }

  function ofVariable(node: ESTree.Identifier, steps: number): readonly Target[] {
    const definition = definitionOf(node);
    if (definition === undefined) return [];
    if (definition.type === 'ImportBinding') return ofImport(definition);
    if (definition.type === 'FunctionName') return isFunction(definition.node) ? ordinal(definition.node) : [];
    if (definition.type !== 'Variable') return [];
    const { id, init } = definition.node;
    if (id.type === 'Identifier') return resolve(init, steps);
    const path = destructuredPath(id, node.name);
    if (path === undefined) return [];
    const value = unwrapped(init);
    const ofMade = value?.type === 'CallExpression' ? memberOfMade(value, path, steps) : [];
    return ofMade.length > 0 ? ofMade : resolve(init, steps).flatMap((target) => member(target, path));
  }

  function ofMember(node: ESTree.MemberExpression, steps: number): readonly Target[] {
    const name = propertyOf(node);
    if (name === undefined) return [];
    const object = unwrapped(node.object);
    if (object?.type === 'ThisExpression') return ofThis(object, name, steps);
    const holder = valueOf(object);
    if (holder?.type === 'ObjectExpression') return memberOfObject(holder, name, steps);
    if (isClass(holder)) return memberOfClass(holder, name);
    if (holder?.type === 'NewExpression') return ofInstance(holder.callee, name, steps);
    const ofMade = holder?.type === 'CallExpression' ? memberOfMade(holder, name, steps) : [];
    if (ofMade.length > 0) return ofMade;
    const ofHeld = ofField(object, name);
    if (ofHeld.length > 0) return ofHeld;
    return resolve(object, steps).flatMap((target) => member(target, name));
  }

  /** `this.find()`, or `this.repo` with what the constructor or the field says that it is. */
  function ofThis(node: Expression, name: string, steps: number): readonly Target[] {
    const owner = classAround(node);
    const own = owner === undefined ? memberOfObject(objectAround(node), name, steps) : memberOfClass(owner, `prototype.${name}`);
    if (own.length > 0) return own;
    const assigned = assignedMembers(node, name).flatMap(ordinal);
    return assigned.length > 0 || owner === undefined ? assigned : classOfField(owner, name, steps);
  }

  function memberOfObject(holder: ESTree.ObjectExpression | undefined, name: string, steps: number): readonly Target[] {
    return (holder?.properties ?? []).flatMap((property) => (property.type === 'Property' && keyOf(property) === name ? resolve(property.value, steps) : []));
  }

  /** `makeStore().put`, of what a function of this file returns in the end: an object, or one of a class. */
  function memberOfMade({ callee }: ESTree.SimpleCallExpression, name: string, steps: number): readonly Target[] {
    return resolve(callee, steps + 1).flatMap((target) => {
      const returned = typeof target === 'number' ? valueOf(returnedBy(functions.list[target])) : undefined;
      if (returned?.type === 'ObjectExpression') return memberOfObject(returned, name, steps + 1);
      return returned?.type === 'NewExpression' ? ofInstance(returned.callee, name, steps + 1) : [];
    });
  }

  /** The class of a field, as `./repo#Repo.prototype`: its members are added to that. */
  function classOfField(owner: ClassNode, name: string, steps: number): readonly Target[] {
    const named = nameOfClass(owner, name);
    return named === undefined ? [] : instanceOf(named, steps);
  }

  /** The method of a class of this file that a field holds: `this.hashes.hash`. */
  function ofField(object: Expression | undefined, name: string): readonly Target[] {
    if (object?.type !== 'MemberExpression' || object.object.type !== 'ThisExpression') return [];
    const owner = classAround(object);
    const named = owner === undefined ? undefined : nameOfClass(owner, propertyOf(object) ?? '');
    const held = valueOf(unwrapped(named));
    return isClass(held) ? memberOfClass(held, `prototype.${name}`) : [];
  }

  function instanceOf(callee: object, steps: number): readonly Target[] {
    return resolve(callee, steps + 1).flatMap((target) => member(target, 'prototype'));
  }

  function ofInstance(callee: object, name: string, steps: number): readonly Target[] {
    const owner = valueOf(unwrapped(callee));
    if (isClass(owner)) return memberOfClass(owner, `prototype.${name}`);
    return instanceOf(callee, steps).flatMap((target) => member(target, name));
  }

  /** What stands behind a name: an object, a class, a `new`. */
  function valueOf(node: Expression | undefined): Expression | undefined {
    if (node?.type !== 'Identifier') return node;
    const definition = definitionOf(node);
    if (definition?.type === 'ClassName') return definition.node;
    return definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? unwrapped(definition.node.init) : undefined;
  }

  function memberOfClass(owner: ClassNode, path: string): readonly Target[] {
    return membersOf(owner).filter(([name]) => name === path).map(([, target]) => target);
  }

  function membersOf(owner: ClassNode): readonly (readonly [string, Target])[] {
    const found = members.get(owner) ?? findMembers(owner);
    members.set(owner, found);
    return found;
  }

  function findMembers(owner: ClassNode): readonly (readonly [string, Target])[] {
    return owner.body.body.flatMap((part) => {
      // An index signature of TypeScript has no key.
      if (part.type !== 'MethodDefinition' && part.type !== 'PropertyDefinition') return [];
      const name = keyOf(part);
      const value = unwrapped(part.value);
      if (name === undefined || !isFunction(value)) return [];
      return ordinal(value).map((target) => [part.static ? name : `prototype.${name}`, target] as const);
    });
  }

  function definitionOf(node: ESTree.Identifier): Scopes.Definition | undefined {
    const { defs } = variableOf(node) ?? {};
    return defs?.length === 1 ? defs[0] : undefined;
  }

  return {
    of: resolve,
    ofCall: (call) => (call.type === 'NewExpression' ? ofInstance(call.callee, 'constructor', 0) : [...resolve(call.callee), ...callbacksOf(call).flatMap((callback) => resolve(callback))]),
    membersOf,
  };
}

/** What a class says that its field is: `repo = new Repo()`, `repo: Repo`, `constructor(private repo: Repo)`. */
function nameOfClass(owner: ClassNode, name: string): object | undefined {
  for (const part of owner.body.body) {
    if (part.type === 'PropertyDefinition' && keyOf(part) === name) {
      const value = unwrapped(part.value);
      return value?.type === 'NewExpression' ? value.callee : annotated((part as { readonly typeAnnotation?: unknown }).typeAnnotation);
    }
    if (part.type !== 'MethodDefinition' || part.kind !== 'constructor') continue;
    for (const parameter of part.value.params as readonly unknown[]) {
      const { type, parameter: inner } = parameter as { readonly type: string; readonly parameter?: { readonly name?: string; readonly typeAnnotation?: unknown } };
      if (type === 'TSParameterProperty' && inner?.name === name) return annotated(inner.typeAnnotation);
    }
  }
  return undefined;
}

function annotated(annotation: unknown): object | undefined {
  const { typeAnnotation } = (annotation ?? {}) as { readonly typeAnnotation?: { readonly type: string; readonly typeName?: ESTree.Identifier } };
  return typeAnnotation?.type === 'TSTypeReference' && typeAnnotation.typeName?.type === 'Identifier' ? typeAnnotation.typeName : undefined;
}

/** Functions that are handed on by name, such as to `map` or `then`, are called by whoever gets them: `f`, `this.f`, `this.f.bind(this)`. */
function callbacksOf(call: ESTree.SimpleCallExpression): readonly object[] {
  return call.arguments.filter((argument) => argument.type === 'Identifier' || isOwnMember(boundFunction(argument) ?? argument));
}

function isOwnMember(node: Expression): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
}

function boundFunction(node: Expression): Expression | undefined {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && propertyOf(node.callee) === 'bind' ? node.callee.object : undefined;
}

function ofImport({ node, parent }: Extract<Scopes.Definition, { readonly type: 'ImportBinding' }>): readonly Target[] {
  // `import fs = require('fs')` of TypeScript is one too, and has no source.
  const source = (parent as { readonly source?: { readonly value?: unknown } }).source?.value;
  if (typeof source !== 'string') return [];
  if (node.type === 'ImportNamespaceSpecifier') return [`${source}#*`];
  if (node.type === 'ImportDefaultSpecifier') return [`${source}#default`];
  return [`${source}#${node.imported.type === 'Identifier' ? node.imported.name : String(node.imported.value)}`];
}

function moduleOf(source: unknown): readonly Target[] {
  const { type, value } = (source ?? {}) as { readonly type?: string; readonly value?: unknown };
  return type === 'Literal' && typeof value === 'string' ? [`${value}#*`] : [];
}

/** `./x#*` and `find` make `./x#find`. A member of a function of this file is nobody's. */
function member(target: Target, name: string): readonly Target[] {
  if (typeof target === 'number') return [];
  return [target.endsWith('#*') ? `${target.slice(0, -1)}${name}` : `${target}.${name}`];
}

function unwrapped(given: object | null | undefined): Expression | undefined {
  let node = given as (Expression & { readonly expression?: Expression; readonly argument?: Expression }) | null | undefined;
  while (node !== null && node !== undefined && WRAPPERS.has(node.type)) node = (node.expression ?? node.argument) as typeof node;
  return node ?? undefined;
}

/** What the last statement of a function returns. */
function returnedBy(maker: FunctionNode | undefined): Expression | undefined {
  if (maker === undefined || maker.generator === true) return undefined;
  const { body } = maker;
  const last = body.type === 'BlockStatement' ? body.body.findLast(({ type }) => type === 'ReturnStatement') : undefined;
  return unwrapped(body.type === 'BlockStatement' ? (last as ESTree.ReturnStatement | undefined)?.argument : body);
}

function isClass(node: Expression | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

function classAround(node: Expression): ClassNode | undefined {
  // The parent of a program is null.
  let at = node.parent as Expression | null | undefined;
  while (at && !isClass(at)) at = at.parent as Expression | null | undefined;
  return at ?? undefined;
}

/** The object whose method a node is in: that of the nearest function which is no arrow function. */
function objectAround(node: Expression): ESTree.ObjectExpression | undefined {
  let at = node.parent as Expression | null | undefined;
  while (at && (!isFunction(at) || at.type === 'ArrowFunctionExpression')) at = at.parent as Expression | null | undefined;
  const property = at?.parent as Expression | null | undefined;
  const object = property?.type === 'Property' && property.value === at ? (property.parent as Expression | null | undefined) : undefined;
  return object?.type === 'ObjectExpression' ? object : undefined;
}

function propertyOf({ property, computed }: ESTree.MemberExpression): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function keyOf({ key, computed }: ESTree.Property | ESTree.MethodDefinition | ESTree.PropertyDefinition): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

/** Where a name stands in a pattern: `{ a: { b: name } }` gives `a.b`. */
function destructuredPath(pattern: ESTree.Pattern, name: string): string | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const key = keyOf(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (key === undefined) continue;
    if (value.type === 'Identifier' && value.name === name) return key;
    const inner = destructuredPath(value, name);
    if (inner !== undefined) return `${key}.${inner}`;
  }
  return undefined;
}
