import { posix } from 'node:path';

import type { Aliases } from './aliases.js';
import type { ResolveModule } from './link.js';

/** In the order of TypeScript and bundlers: sources before what is made of them. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

/** TypeScript writes the name of what will be built: `./repo.js` for repo.ts. */
const BUILT = /\.([cm]?)jsx?$/;

/**
 * Resolves imports among known files: relative ones, and by the project's aliases. Packages of others are left alone.
 *
 * @param files names relative to one folder, with `/`
 */
export function moduleResolver(files: Iterable<string>, aliases: Aliases = () => []): ResolveModule {
  const known = new Set(files);
  const find = (base: string): string | undefined => {
    const source = base.replace(BUILT, '');
    const candidates = [base, ...EXTENSIONS.map((extension) => `${base}${extension}`), ...(source === base ? [] : EXTENSIONS.map((extension) => `${source}${extension}`)), ...EXTENSIONS.map((extension) => `${base}/index${extension}`)];
    return candidates.find((candidate) => known.has(candidate));
  };
  return (fromFile, specifier) => {
    const bases = specifier.startsWith('.') ? [posix.join(posix.dirname(fromFile), specifier)] : aliases(fromFile, specifier);
    for (const base of bases) {
      const found = find(base);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
