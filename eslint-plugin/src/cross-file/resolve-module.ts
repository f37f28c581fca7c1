import { posix } from 'node:path';

import type { ResolveModule } from './link.js';

/** In the order of TypeScript and bundlers: sources before what is made of them. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

/** TypeScript writes the name of what will be built: `./repo.js` for repo.ts. */
const BUILT = /\.([cm]?)jsx?$/;

/**
 * Resolves relative imports among known files. Packages and aliases are left alone: nothing is known of what is behind them.
 *
 * @param files names relative to one folder, with `/`
 */
export function moduleResolver(files: Iterable<string>): ResolveModule {
  const known = new Set(files);
  return (fromFile, specifier) => {
    if (!specifier.startsWith('.')) return undefined;
    const base = posix.join(posix.dirname(fromFile), specifier);
    const source = base.replace(BUILT, '');
    const candidates = [base, ...EXTENSIONS.map((extension) => `${base}${extension}`), ...(source === base ? [] : EXTENSIONS.map((extension) => `${source}${extension}`)), ...EXTENSIONS.map((extension) => `${base}/index${extension}`)];
    return candidates.find((candidate) => known.has(candidate));
  };
}
