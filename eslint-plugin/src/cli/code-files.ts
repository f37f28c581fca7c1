import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { UsageError } from './errors.js';

const CODE = /\.[cm]?[jt]sx?$/;
const GLOB = /[*?{}[\]!]/;

/**
 * The files of code below some paths; ESLint decides later which of them it is configured for. A glob is left to ESLint.
 *
 * @throws UsageError if a path is not there
 */
export function codeFiles(cwd: string, paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) => {
    const full = resolve(cwd, path);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return [...below(full)];
    if (stats !== undefined) return [full];
    if (GLOB.test(path)) return [path];
    throw new UsageError(`There is no file or folder ${JSON.stringify(path)} below ${cwd}.`);
  });
  return [...new Set(found)];
}

/** Links are not followed: they lead to what is found elsewhere, or in circles. */
function* below(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') yield* below(path);
    else if (entry.isFile() && CODE.test(entry.name)) yield path;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw new UsageError(`${relative('.', folder)} cannot be read: ${(error as Error).message}`);
  }
}
