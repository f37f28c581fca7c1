import { access, chmod, constants, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

import type { Emission } from '../state/emit.js';
import { addFiles } from './add-files.js';
import { makeStage, removeStaleStages, writeTree } from './stage.js';
import { lstatIfThere, type Target } from './target.js';

/**
 * Writes a project, all or nothing: first into a stage on the same file system, then into place.
 * A new or empty folder appears with one rename. Into one with things in it the files are linked, with a journal to take them back.
 * @param interruption fired by Ctrl-C and SIGTERM; then nothing is left
 */
export async function writeProject(target: Target, emission: Emission, interruption: AbortSignal): Promise<void> {
  const existing = await nearestFolder(dirname(target.path));
  await removeStaleStages(existing);
  if (target.isThere) await removeStaleStages(target.path);

  const isReplaceable = !target.isThere || (target.entries.length === 0 && (await canReplace(target.path)));
  const stage = await makeStage(isReplaceable ? existing : target.path);
  try {
    await fill(stage, target, emission, { existing, isReplaceable, interruption });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

interface Plan {
  /** The nearest folder above the target that is there. */
  readonly existing: string;
  readonly isReplaceable: boolean;
  readonly interruption: AbortSignal;
}

async function fill(stage: string, target: Target, emission: Emission, { existing, isReplaceable, interruption }: Plan): Promise<void> {
  const tree = join(stage, 'tree');
  if (!isReplaceable) {
    await writeTree(tree, emission, interruption);
    await addFiles(stage, emission, interruption);
    return;
  }
  // Missing parents are made in the stage, too, so that one rename brings all of them.
  const [first = '', ...others] = relative(existing, target.path).split(sep);
  await writeTree(join(tree, ...others), emission, interruption);
  if (target.isThere) await chmod(tree, (await stat(target.path)).mode);
  interruption.throwIfAborted();
  await rename(tree, join(existing, first));
}

/** Whether an empty folder may give way to another of its name: not when a shell stands in it, and not when it is a disk of its own. */
async function canReplace(path: string): Promise<boolean> {
  // On Windows a rename never replaces a folder.
  if (process.platform === 'win32') return false;
  const isStoodIn = !relative(path, process.cwd()).startsWith('..');
  if (isStoodIn) return false;
  const [inner, outer] = await Promise.all([stat(path), stat(dirname(path))]);
  const isWritable = await access(dirname(path), constants.W_OK).then(() => true, () => false);
  return isWritable && inner.dev === outer.dev && inner.uid === process.getuid?.();
}

async function nearestFolder(path: string): Promise<string> {
  const found = await lstatIfThere(path);
  if (found !== undefined || dirname(path) === path) return path;
  return nearestFolder(dirname(path));
}

