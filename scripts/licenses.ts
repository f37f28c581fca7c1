import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Metafile } from 'esbuild';

/**
 * The licenses of others whose code is in a bundle: they ask to be passed on with it.
 *
 * @param folder what the paths of the metafile are relative to
 * @throws if a package has no license file
 */
export function licensesOf({ inputs }: Metafile, folder: string): string {
  const packages = new Set(Object.keys(inputs).flatMap((path) => /^.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[0] ?? []));
  const texts = [...packages].sort().map((path) => {
    const file = readdirSync(join(folder, path)).find((name) => /^licen[cs]e/i.test(name));
    if (file === undefined || !existsSync(join(folder, path, file))) throw new Error(`${path} is in the bundle and has no license file`);
    return `${path.replace(/^.*node_modules\//, '')}\n\n${readFileSync(join(folder, path, file), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
