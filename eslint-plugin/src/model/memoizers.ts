import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { CACHES, DECORATOR_LIMITS, MEMOIZERS, MEMOIZING_DECORATORS, type Memoizer } from '../data/memoizers.js';
import { constantOf } from './constant.js';
import { exportedName } from './exported-name.js';
import { hasListedType } from './listed-types.js';
import { functionAround, type FileModel } from './model.js';
import { optionOf } from './options.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };
type AnyCall = ESTree.SimpleCallExpression | ESTree.NewExpression;

/** A cache of a package that has no limit, or something that remembers every argument. */
export interface EndlessMemory {
  readonly node: ESTree.Node;
  readonly what: string;
}

/** @param more callees of memoizers, as they are written */
export function endlessMemories({ nodes, resolver, places, targets, functions }: FileModel, sourceCode: SourceCode, more: readonly string[]): readonly EndlessMemory[] {
  const calls: readonly AnyCall[] = [...nodes.of('CallExpression'), ...nodes.of('NewExpression')];
  const found = calls.flatMap((node): readonly EndlessMemory[] => {
    const path = resolver.pathOf(node.type === 'NewExpression' ? node : node.callee) ?? '';
    const cache = path === '' ? undefined : CACHES.find((each) => each.path.test(path));
    if (cache !== undefined) return isLimited(node, cache) ? [] : [{ node, what: cache.what }];
    const memoizer = path === '' ? undefined : MEMOIZERS.find((each) => each.path.test(path));
    if (memoizer === undefined && (more.length === 0 || !more.includes(sourceCode.getText(node.callee)))) return [];
    // Made for each call, it goes with the call.
    if (functionAround(node) !== undefined || (memoizer !== undefined && isLimited(node, memoizer)) || takesFew(node) || isEmptied(node)) return [];
    return [{ node, what: memoizer?.what ?? sourceCode.getText(node.callee) }];
  });
  return [...found, ...nodes.of('MethodDefinition').flatMap(decorated)];

  function isLimited(node: AnyCall, { position, limits }: Memoizer): boolean {
    const given = node.arguments[position];
    if (given === undefined) return false;
    if (given.type === 'SpreadElement' || constantOf(given, resolver) !== undefined) return true;
    return limits.some((name) => {
      const option = optionOf(given, [name], resolver);
      if (option === 'absent') return false;
      const limit = option === 'unknown' ? undefined : constantOf(option, resolver);
      return limit === undefined || (Number.isFinite(limit) && limit > 0);
    });
  }

  /** `memoize(() => load())` remembers one value, `memoize((kind: 'a' | 'b') => …)` two. */
  function takesFew({ arguments: given }: AnyCall): boolean {
    return given.some((argument) => {
      const node = unwrapped(argument);
      const own = isFunction(node) ? [node] : node?.type === 'Identifier' ? targets.of(node).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : [])) : [];
      return own.some(({ params }) => params.every((parameter) => hasListedType(parameter, resolver)));
    });
  }

  /** `memo.cache.clear()`, `memo.cache = new LRU()`, `memo.clear()`; and `_.memoize.Cache = LRU` for all. */
  function isEmptied(node: AnyCall): boolean {
    if (/memoize\.Cache\s*=[^=]/.test(sourceCode.text)) return true;
    const place = places.heldIn(node);
    return place !== undefined && places.usesOf(place).some((use) => {
      const { parent } = use as Parented;
      if (parent?.type === 'CallExpression' && parent.arguments.some((argument) => argument === use)) return /clear/i.test(sourceCode.getText(parent.callee));
      return parent?.type === 'MemberExpression' && parent.object === use && /^(cache|clear|delete|reset)$/.test(propertyOf(parent) ?? '');
    });
  }

  function decorated(method: ESTree.MethodDefinition): readonly EndlessMemory[] {
    const { decorators = [] } = method as { readonly decorators?: readonly { readonly expression: ESTree.Node }[] };
    if (method.kind !== 'method' || method.static || method.value.params.length === 0) return [];
    return decorators.flatMap(({ expression }) => {
      const options = expression.type === 'CallExpression' ? expression.arguments[0] : undefined;
      const name = exportedName(expression, resolver) ?? '';
      if (!MEMOIZING_DECORATORS.test(name)) return [];
      if (options !== undefined && (constantOf(options, resolver) !== undefined || DECORATOR_LIMITS.some((limit) => optionOf(options, [limit], resolver) !== 'absent'))) return [];
      return [{ node: expression, what: `@${name}` }];
    });
  }
}
