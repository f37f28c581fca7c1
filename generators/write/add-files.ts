import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, readFile, rename, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { sha256 } from '../state/base.js';
import type { Emission } from '../state/emit.js';

const JOURNAL = 'adding.json';

/** What is about to be added to a folder with things in it: enough to take it back after a kill. */
interface Journal {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly folders: readonly string[];
}

/**
 * Puts staged files into a folder that has things in it, all or none, and never over what is there.
 * The stage must lie directly in that folder, so that both are on one file system.
 * @throws when a file has come into the way meanwhile, or `interruption` fired; all is taken back before
 */
export async function addFiles(stage: string, emission: Emission, interruption: AbortSignal): Promise<void> {
  const target = dirname(stage);
  const missing = await findMissing(target, [...emission.keys()]);
  const journal: Journal = {
    files: missing.map((path) => ({ path, sha256: sha256(emission.get(path)?.bytes ?? '') })),
    folders: await findMissing(target, foldersOf(missing)),
  };
  await writeFile(join(stage, `tree/${JOURNAL}.new`), JSON.stringify(journal));
  await rename(join(stage, `tree/${JOURNAL}.new`), join(stage, JOURNAL));
  try {
    for (const folder of journal.folders) await mkdir(join(target, folder));
    for (const { path } of journal.files) {
      interruption.throwIfAborted();
      await place(join(stage, 'tree', path), join(target, path));
    }
    await unlink(join(stage, JOURNAL));
  } catch (error) {
    await takeBack(target, journal);
    throw error;
  }
}

/** After a kill in the middle of adding: takes back what was added, unless all was, or somebody has changed it since. */
export async function rollBackHalfAdded(stage: string): Promise<void> {
  const target = dirname(stage);
  const text = await readFile(join(stage, JOURNAL), 'utf8').catch(() => undefined);
  const journal = text === undefined ? undefined : parseJournal(text);
  if (journal === undefined) return;
  const missing = await findMissing(target, journal.files.map(({ path }) => path));
  if (missing.length > 0) await takeBack(target, journal);
}

async function takeBack(target: string, { files, folders }: Journal): Promise<void> {
  for (const file of files) {
    const path = join(target, file.path);
    const isOurs = await readFile(path).then((bytes) => sha256(bytes) === file.sha256, () => false);
    if (isOurs) await unlink(path);
  }
  // The deepest first; one in which somebody has put something stays.
  for (const folder of [...folders].reverse()) await rmdir(join(target, folder)).catch(() => undefined);
}

/** A link never replaces what is there, and takes no room on the disk; where there are no links, a copy that does the same. */
async function place(source: string, destination: string): Promise<void> {
  try {
    await link(source, destination);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    await copyFile(source, destination, constants.COPYFILE_EXCL);
  }
}

async function findMissing(target: string, paths: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const path of paths) {
    await lstat(join(target, path)).catch(() => missing.push(path));
  }
  return missing;
}

/** Parents before children. */
function foldersOf(paths: readonly string[]): string[] {
  const folders = paths.flatMap((path) => path.split('/').slice(0, -1).map((_, index, segments) => segments.slice(0, index + 1).join('/')));
  return [...new Set(folders)].sort();
}

/** It lies in a folder that others may write to, so its paths are believed only if they stay inside. */
function parseJournal(text: string): Journal | undefined {
  try {
    // Written by us a moment before; whoever else may have written it, its paths are looked at below.
    const journal = JSON.parse(text) as Journal;
    return [...journal.files.map(({ path }) => path), ...journal.folders].every(isInside) ? journal : undefined;
  } catch {
    // Not a journal of ours: nothing is taken back.
    return undefined;
  }
}

const isInside = (path: string): boolean => path.split('/').every((segment) => segment !== '' && segment !== '..' && segment !== '.');
