/** Functions that remember what they were called with, and caches of packages, by what limits them, as data. */

export interface Memoizer {
  /** As the resolver gives it. */
  readonly path: RegExp;
  /** The argument with the options. */
  readonly position: number;
  /** Any of these limits it. */
  readonly limits: readonly string[];
  readonly what: string;
}

export const MEMOIZERS: readonly Memoizer[] = [
  { path: /^(lodash|lodash-es|underscore|lodash\/fp|async|neo-async|ramda)#(memoize|memoizeWith)$|^(lodash\.memoize|lodash\/memoize|lodash-es\/memoize|underscore\.memoize)#(memoize)?$/, position: 9, limits: [], what: 'memoize()' },
  { path: /^memoizee#(memoizee|memoize)?$/, position: 1, limits: ['max', 'maxAge'], what: 'memoizee()' },
  { path: /^(p-memoize|mem|memoize|memoize-fn)#(memoize|pMemoize|mem)?$/, position: 1, limits: ['cache', 'maxAge', 'max'], what: 'memoize()' },
  { path: /^fast-memoize#(memoize)?$/, position: 1, limits: ['cache'], what: 'memoize()' },
  { path: /^nano-memoize#(nanomemoize|nanoMemoize)?$/, position: 1, limits: ['maxAge'], what: 'memoize()' },
];

export const CACHES: readonly Memoizer[] = [
  { path: /^new lru-cache#(LRUCache|LRU)?$|^lru-cache#$/, position: 0, limits: ['max', 'maxSize', 'maxEntries', 'ttlAutopurge'], what: 'This LRU cache' },
  { path: /^new node-cache#(NodeCache)?$/, position: 0, limits: ['maxKeys'], what: 'This cache' },
];

/** Decorators that remember what a method was called with, and the options that limit them. */
export const MEMOIZING_DECORATORS = /^(memo|memoize|memoized|cache|cached|cacheable|memoizeasync|memoizedecorator|mem)$/i;
export const DECORATOR_LIMITS = ['max', 'maxAge', 'maxSize', 'ttl', 'expiring', 'cache', 'capacity', 'limit', 'size', 'duration'];
