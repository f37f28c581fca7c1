import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Git-ignored; kept between runs. */
const CACHE = resolve(import.meta.dirname, '../.cache/bench');

/** Installed for comparison only, so none of them is a dependency of this project. wattpm needs a newer Node.js than we do. */
const PACKAGES = { pm2: 'pm2@7', wattpm: 'wattpm@3', '@platformatic/node': '@platformatic/node@3', node: 'node@24' } as const;

export type Peer = keyof typeof PACKAGES;

/**
 * The folder of a package that we measure against, installed by name on first use.
 * @returns undefined, after a message, when it cannot be had: the benchmark goes on without it
 */
export function peerFolder(name: Peer): string | undefined {
  const folder = join(CACHE, 'node_modules', name);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(join(CACHE, 'package.json'))) writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
  console.log(`installing ${PACKAGES[name]} into .cache/bench, once`);
  try {
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', PACKAGES[name]], { cwd: CACHE, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    return folder;
  } catch (error) {
    console.log(`${PACKAGES[name]} cannot be installed (${error instanceof Error ? error.message.split('\n')[0] : String(error)}): measured without it`);
    return undefined;
  }
}

/** A program of an installed peer. */
export const peerProgram = (name: string): string => join(CACHE, 'node_modules', '.bin', name);
