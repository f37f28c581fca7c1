import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

import { findChanges } from '../merge/changes.js';
import type { Disk } from './disk.js';
import { readText } from './file-text.js';

/** Enough for a service; whoever has more has another project around it. */
const MAX_FILES = 5000;
const NOT_SEARCHED = ['node_modules', '.git', 'dist', '.hcnode', 'coverage', 'diagnostics'];
/** As git's rename detection has it, somewhat stricter. */
const MIN_SIMILARITY = 0.6;

/** Every file of the project that no version of ours wrote, by path. */
export function findForeignFiles(disk: Disk, ours: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined && found.length < MAX_FILES; folder = folders.shift()) {
    for (const entry of readdirSync(join(disk.root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NOT_SEARCHED.includes(path)) folders.push(path);
      if (entry.isFile() && !ours.has(path)) found.push(path);
    }
  }
  return found;
}

/** The one file that a text has most likely been moved to by the user: most of its lines are there. */
export function findMoved(text: string, path: string, foreign: readonly string[], disk: Disk): string | undefined {
  const alike = foreign
    .filter((candidate) => extname(candidate) === extname(path))
    .map((candidate) => ({ candidate, similarity: similarity(text, disk, candidate) }))
    .filter((found) => found.similarity >= MIN_SIMILARITY)
    .toSorted((a, b) => b.similarity - a.similarity);
  const [best, second] = alike;
  return best !== undefined && best.similarity !== second?.similarity ? best.candidate : undefined;
}

/** The part of the lines that both have. */
function similarity(text: string, disk: Disk, candidate: string): number {
  const entry = disk.entry(candidate);
  const other = entry.kind === 'file' ? readText(entry.bytes)?.text : undefined;
  if (other === undefined || other.length > 2 * text.length || text.length > 2 * other.length) return 0;
  const [before, after] = [text.split('\n'), other.split('\n')];
  const gone = findChanges(before, after).reduce((sum, { start, end }) => sum + end - start, 0);
  return (before.length - gone) / Math.max(before.length, after.length);
}
