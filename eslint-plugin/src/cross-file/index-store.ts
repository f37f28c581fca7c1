import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

import { version } from '../version.js';
import type { ExternalRoot } from './link.js';
import type { Summary } from './summary.js';

export interface IndexedFile {
  /** Of its text: what is said of it holds for this text only. */
  readonly hash: string;
  readonly modifiedMs: number;
  readonly sizeBytes: number;
  readonly summary: Summary;
  readonly roots: readonly ExternalRoot[];
}

export interface Index {
  readonly version: string;
  /** By name relative to where the command ran, with `/`. */
  readonly files: Readonly<Record<string, IndexedFile>>;
}

const FILE = 'node_modules/.cache/hcnode/index.json';

/** What the command found out last, or nothing if that was never, by another version, or cannot be read. */
export function readIndex(cwd: string): Index | undefined {
  try {
    const index = JSON.parse(readFileSync(join(cwd, FILE), 'utf8')) as Index; // As writeIndex() wrote it, if the version is ours.
    return index.version === version && typeof index.files === 'object' ? index : undefined;
  } catch {
    return undefined; // It is a cache: without it only less is seen.
  }
}

/** When the index was written, to know whether it must be read again; 0 if there is none. */
export function indexModifiedMs(cwd: string): number {
  return statSync(join(cwd, FILE), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Puts the index in place at once: an editor may be reading. */
export function writeIndex(cwd: string, files: Index['files']): void {
  const path = join(cwd, FILE);
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, JSON.stringify({ version, files } satisfies Index));
  renameSync(partial, path);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
