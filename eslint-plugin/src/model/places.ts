import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { Scope as HandlerScope } from '../cross-file/summary.js';
import { destructuredPath, isAssignedOnce, keyOf, propertyOf, unwrapped, type Resolver } from './resolver.js';
import type { Nodes } from './nodes.js';
import { constructorFunction, thisOwnerAt } from './this-owner.js';

/**
 * How long a place lives: as the process (of a module, static), as an object of its class, as a handler's request, connection, message or job,
 * or as a call of a function that no handler is known to reach: a plugin, a factory, a start-up.
 */
export type Life = 'process' | 'instance' | 'call' | HandlerScope;

/** A variable, or a member of one or of `this`. The same place is the same object: compare with `===`. */
export interface Place {
  /** Whose place it is: a variable, the node of a class or object, or the name of a global. */
  readonly root: object | string;
  /** The members from there, such as `['pools', 'main']`; empty for a variable itself. */
  readonly path: readonly string[];
  readonly life: Life;
  /** For messages: `cache`, `this.timers`. */
  readonly name: string;
}

/** Which expressions stand for the same thing. Names alone tell: what a function returns or is given is not followed. */
export interface Places {
  /** The place that a name or member denotes, through `const` aliases, `const self = this` and destructuring; undefined for `a[i]`, `f()` and the like. */
  readonly of: (node: object | null | undefined) => Place | undefined;
  /** Where the value of an expression is put first: `x` of `const x = E`, `this.x = E`, `{ x: E }`, or a field `x = E`; casts and `a ? E : b` are seen through. */
  readonly heldIn: (node: object) => Place | undefined;
  /** What `this` denotes at a node. */
  readonly thisAt: (node: object) => Place | undefined;
  /** All expressions of the file that denote a place, in no order: reads, writes, declarations (the name or key that is declared), and `a` of `a.b` for the place `a`. */
  readonly usesOf: (place: Place) => readonly ESTree.Node[];
  /** The place of a member, if the file has an expression that denotes it. */
  readonly at: (root: Place['root'], path: Place['path']) => Place | undefined;
  /** Whether other files can get at it by name: `export`, `module.exports`, `exports.x`. */
  readonly isExported: (place: Place) => boolean;
}

type Parented = ESTree.Node & { readonly parent: Parented };

interface Given {
  readonly sourceCode: SourceCode;
  readonly nodes: Nodes;
  readonly resolver: Resolver;
  /** The scope of the handler that reaches a function. */
  readonly scopeOf: (node: FunctionNode) => HandlerScope | undefined;
  /** Names of what lives as long as the process, as a project says. */
  readonly longLived: readonly string[];
}

const MAX_STEPS = 8;
/** Parents through which a value passes unchanged. */
const PASSES = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression', 'ParenthesizedExpression']);

export function makePlaces({ sourceCode, nodes, resolver, scopeOf, longLived }: Given): Places {
  const interned = new Map<object | string, Map<string, Place>>();
  let index: Map<Place, ESTree.Node[]> | undefined;

  function place(root: object | string, path: readonly string[], name: string, shown: Life): Place {
    const ofRoot = interned.get(root) ?? new Map<string, Place>();
    interned.set(root, ofRoot);
    const key = path.join('\0');
    const before = ofRoot.get(key);
    if (before !== undefined) return before;
    const life = longLived.includes(path.at(-1) ?? name) ? 'process' : shown;
    const made: Place = { root, path, name, life };
    ofRoot.set(key, made);
    return made;
  }

  function member(owner: Place | undefined, key: string | undefined): Place | undefined {
    return owner === undefined || key === undefined ? undefined : place(owner.root, [...owner.path, key], `${owner.name}.${key}`, owner.life);
  }

  function of(given: object | null | undefined, steps = 0): Place | undefined {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return undefined;
    if (node.type === 'Identifier') return ofName(node, steps + 1);
    if (node.type === 'ThisExpression') return ofThis(node, steps + 1);
    return node.type === 'MemberExpression' ? member(of(node.object, steps + 1), propertyOf(node)) : undefined;
  }

  function ofName(node: ESTree.Identifier, steps: number): Place | undefined {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return place(node.name, [], node.name, 'process');
    if (definition.type === 'ClassName') return place(definition.node, [], node.name, lifeOf(variable));
    if (definition.type === 'Parameter') {
      const field = parameterProperty(definition.name as unknown as Parented);
      if (field !== undefined) return member(ofThis(field, steps), node.name);
    }
    return aliased(variable, definition, steps) ?? place(variable, [], node.name, lifeOf(variable));
  }

  /** What `const a = b.c` and `const { c: a } = b` are other names of. */
  function aliased(variable: Scope.Variable, definition: Scope.Definition, steps: number): Place | undefined {
    if (definition.type !== 'Variable' || !isAssignedOnce(variable)) return undefined;
    const { id, init } = definition.node;
    const value = unwrapped(init);
    if (value === undefined || !['Identifier', 'MemberExpression', 'ThisExpression'].includes(value.type)) return undefined;
    if (id.type === 'Identifier') return of(value, steps);
    const path = destructuredPath(id, variable.name);
    return path === undefined ? undefined : path.split('.').reduce<Place | undefined>(member, of(value, steps));
  }

  function ofThis(node: object, steps: number): Place | undefined {
    const found = thisOwnerAt(node);
    if (found === undefined) return undefined;
    const { kind, owner } = found;
    if (kind === 'static') return place(owner, [], 'this', lifeOfNode(owner));
    if (kind === 'instance') return place(owner.body, [], 'this', 'instance');
    if (kind === 'object') return heldIn(owner, steps) ?? place(owner, [], 'this', lifeOfNode(owner));
    const constructor = found.kind === 'constructor' ? constructorFunction(found.owner, resolver.variableOf) : undefined;
    return constructor !== undefined ? place(constructor.body, [], 'this', 'instance') : undefined;
  }

  function heldIn(node: object, steps = 0): Place | undefined {
    let inner = node as Parented;
    let at = inner.parent as Parented | null | undefined;
    while (at !== null && at !== undefined && (PASSES.has(at.type) || isBranch(at, inner))) {
      inner = at;
      at = at.parent;
    }
    if (at === null || at === undefined || steps > MAX_STEPS) return undefined;
    if (at.type === 'VariableDeclarator' && at.init === inner) return of(at.id);
    if (at.type === 'AssignmentExpression' && at.right === inner && /^(=|\?\?=|\|\|=)$/.test(at.operator)) return of(at.left);
    if (at.type === 'PropertyDefinition' && at.value === inner) return ofKey(at, at);
    if (at.type === 'Property' && at.value === inner && at.parent.type === 'ObjectExpression') return member(heldIn(at.parent, steps + 1), keyOf(at));
    return undefined;
  }

  /** The place of a field, as `this` inside of it has it. */
  function ofKey(field: Parented & ESTree.PropertyDefinition, around: Parented): Place | undefined {
    return member(ofThis(field.value ?? { parent: around }, 0), keyOf(field));
  }

  function lifeOf(variable: Scope.Variable): Life {
    return lifeIn(variable.scope.variableScope.block);
  }

  function lifeOfNode(node: object): Life {
    return lifeIn((node as Parented).parent);
  }

  function lifeIn(node: ESTree.Node | null | undefined): Life {
    let at = node as Parented | null | undefined;
    while (at !== null && at !== undefined && !isFunction(at)) at = at.parent;
    if (at === null || at === undefined) return 'process';
    return scopeOf(at) ?? 'call';
  }

  function usesOf(wanted: Place): readonly ESTree.Node[] {
    index ??= indexUses();
    return index.get(wanted) ?? [];
  }

  function at(root: Place['root'], path: Place['path']): Place | undefined {
    index ??= indexUses();
    return interned.get(root)?.get(path.join('\0'));
  }

  function indexUses(): Map<Place, ESTree.Node[]> {
    const uses = new Map<Place, ESTree.Node[]>();
    const note = (found: Place, node: ESTree.Node): void => {
      const before = uses.get(found);
      if (before === undefined) uses.set(found, [node]);
      else before.push(node);
    };
    const follow = (start: Parented): void => {
      let found = of(start);
      for (let node = start; found !== undefined; ) {
        note(found, node);
        let { parent } = node;
        let inner = node;
        while (PASSES.has(parent.type)) [inner, parent] = [parent, parent.parent];
        if (parent.type !== 'MemberExpression' || parent.object !== inner) return;
        found = member(found, propertyOf(parent));
        node = parent;
      }
    };
    for (const { references } of sourceCode.scopeManager.scopes) for (const { identifier } of references) follow(identifier as unknown as Parented);
    for (const node of nodes.of('ThisExpression')) follow(node as unknown as Parented);
    for (const node of nodes.of('PropertyDefinition')) {
      const found = ofKey(node as Parented & ESTree.PropertyDefinition, node as unknown as Parented);
      if (found !== undefined) note(found, node.key);
    }
    return uses;
  }

  function isExported(wanted: Place): boolean {
    const whole = place(wanted.root, [], '', wanted.life);
    return usesOf(whole).some((use) => isHandedOut(use as Parented)) || (wanted.path.length > 0 && usesOf(wanted).some((use) => isHandedOut(use as Parented)));
  }

  return { of: (node) => of(node), heldIn: (node) => heldIn(node), thisAt: (node) => ofThis(node, 0), usesOf, at, isExported };
}

/** A branch of `a ? b : c`, or the right of `a || b`: its value is that of the whole. */
function isBranch(parent: ESTree.Node, node: ESTree.Node): boolean {
  if (parent.type === 'ConditionalExpression') return parent.test !== node;
  return parent.type === 'LogicalExpression' && parent.right === node;
}

/** The parameter of a constructor that TypeScript makes a field of: `constructor(private bus: Bus)`. */
function parameterProperty(name: Parented): Parented | undefined {
  const parent: { readonly type: string; readonly parent: Parented } = name.parent.type === 'AssignmentPattern' ? name.parent.parent : name.parent;
  return parent.type === 'TSParameterProperty' ? (parent as unknown as Parented) : undefined;
}

const EXPORTS = new Set(['ExportSpecifier', 'ExportDefaultDeclaration', 'ExportNamedDeclaration', 'TSExportAssignment']);

function isHandedOut(use: Parented): boolean {
  let at = use.parent;
  if (at.type === 'VariableDeclarator' && at.id === use) at = at.parent.parent;
  while (at.type === 'Property' || at.type === 'ObjectExpression' || PASSES.has(at.type)) at = at.parent;
  if (EXPORTS.has(at.type)) return true;
  return at.type === 'AssignmentExpression' && isModuleExports(at.left);
}

/** `module.exports`, `exports`, and their members. */
function isModuleExports(node: ESTree.Node): boolean {
  let at: ESTree.Node | undefined = unwrapped(node);
  for (; at?.type === 'MemberExpression'; at = unwrapped(at.object)) if (propertyOf(at) === 'exports') return true;
  return at?.type === 'Identifier' && at.name === 'exports';
}
