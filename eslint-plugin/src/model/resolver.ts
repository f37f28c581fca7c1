import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { fieldValue } from './field-values.js';
import { destructuredPath, propertyOf, unwrapped } from './syntax.js';
import { variablesOf, type Variables } from './variables.js';

export { destructuredPath, keyOf, propertyOf, unwrapped } from './syntax.js';

/** What names in a file stand for, by scopes alone: no types, no other file. */
export interface Resolver {
  /**
   * Where a value comes from: `fs#readFileSync`, `express#()` for what express() gave, `new pg#Pool`, `global#setInterval`;
   * undefined where names do not tell.
   */
  readonly pathOf: (node: object | null | undefined) => string | undefined;
  readonly variableOf: (name: ESTree.Identifier) => Scope.Variable | undefined;
}

const MAX_STEPS = 8;

const resolvers = new WeakMap<SourceCode, Resolver>();

/** The resolver of a file, made once. */
export function resolverOf(sourceCode: SourceCode): Resolver {
  const before = resolvers.get(sourceCode);
  if (before !== undefined) return before;
  const resolver = makeResolver(variablesOf(sourceCode));
  resolvers.set(sourceCode, resolver);
  return resolver;
}

function makeResolver(variableOf: Variables): Resolver {
  const known = new Map<object, string | undefined>();

  function pathOf(given: object | null | undefined, steps = 0): string | undefined {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return undefined;
    const before = known.get(node);
    if (before !== undefined || known.has(node)) return before;
    const path = normal(compute(node, steps + 1));
    known.set(node, path);
    return path;
  }

  function compute(node: ESTree.Node, steps: number): string | undefined {
    if (node.type === 'Identifier') return ofName(node, steps);
    if (node.type === 'MemberExpression') return node.object.type === 'ThisExpression' ? pathOf(fieldValue(node), steps) : added(pathOf(node.object, steps), propertyOf(node));
    // cluster.workers ?? {}: where there is something, it is that.
    if (node.type === 'LogicalExpression' && node.operator !== '&&') return pathOf(node.left, steps);
    if (node.type === 'ImportExpression') return moduleOf(node.source);
    // A promise of a module is the module: what is read of it was awaited.
    if (node.type === 'AwaitExpression') return pathOf(node.argument, steps);
    if (node.type === 'NewExpression') return prefixed('new ', pathOf(node.callee, steps));
    return node.type === 'CallExpression' ? ofCall(node, steps) : undefined;
  }

  function ofCall({ callee, arguments: given }: ESTree.SimpleCallExpression, steps: number): string | undefined {
    if (callee.type === 'Identifier' && callee.name === 'require') return moduleOf(given[0]);
    const path = pathOf(callee, steps);
    if (path === 'process#getBuiltinModule' || path === 'global#process.getBuiltinModule') return moduleOf(given[0]);
    if (path === 'module#createRequire()') return moduleOf(given[0]);
    // Calling what promisify made blocks nobody.
    if (path === 'util#promisify') return prefixed('promisified ', pathOf(given[0], steps));
    return path === undefined ? undefined : `${path}()`;
  }

  function ofName(node: ESTree.Identifier, steps: number): string | undefined {
    const variable = variableOf(node);
    const definition = variable?.defs[0];
    if (definition === undefined) return node.name === 'globalThis' || node.name === 'global' ? 'global#' : `global#${node.name}`;
    if (variable === undefined || variable.defs.length > 1) return undefined;
    if (definition.type === 'ImportBinding') return ofImport(definition);
    if (definition.type !== 'Variable' || !isAssignedOnce(variable)) return undefined;
    const { id, init } = definition.node;
    const base = pathOf(init, steps);
    if (id.type === 'Identifier') return base;
    return added(base, destructuredPath(id, node.name));
  }

  return { pathOf, variableOf };
}

/** A default in a pattern is a write beside that of the declaration, and counts as the same one. */
export function isAssignedOnce({ references }: Scope.Variable): boolean {
  const writes = references.filter((reference) => reference.isWrite());
  const later = writes.filter(({ init }) => init !== true).length;
  return later + (later < writes.length ? 1 : 0) <= 1;
}

function ofImport({ node, parent }: Extract<Scope.Definition, { readonly type: 'ImportBinding' }>): string | undefined {
  // `import x = require('x')` of TypeScript has no source.
  const source = (parent as { readonly source?: { readonly value?: unknown } }).source?.value
    ?? (node as unknown as { readonly moduleReference?: { readonly expression?: { readonly value?: unknown } } }).moduleReference?.expression?.value;
  if (typeof source !== 'string') return undefined;
  const name = node.type === 'ImportSpecifier' ? (node.imported.type === 'Identifier' ? node.imported.name : String(node.imported.value)) : '';
  return `${withoutScheme(source)}#${name}`;
}

function moduleOf(source: unknown): string | undefined {
  const { type, value } = (source ?? {}) as { readonly type?: string; readonly value?: unknown };
  return type === 'Literal' && typeof value === 'string' ? `${withoutScheme(value)}#` : undefined;
}

const withoutScheme = (module: string): string => (module.startsWith('node:') ? module.slice('node:'.length) : module);
const prefixed = (prefix: string, path: string | undefined): string | undefined => (path === undefined ? undefined : `${prefix}${path}`);
const added = (path: string | undefined, name: string | undefined): string | undefined => (path === undefined || name === undefined ? undefined : `${path}.${name}`);

/** A default export and the module itself are one to whoever calls it; `globalThis.x` is `x`. */
function normal(path: string | undefined): string | undefined {
  return path?.replace('#.', '#').replace('#default.', '#').replace(/#default$/, '#');
}
