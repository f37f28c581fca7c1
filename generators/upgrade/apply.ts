import { chmodSync, copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { Stop } from '../cli/stop.js';
import { sha256 } from '../state/base.js';
import { isRunning } from '../write/stage.js';
import { Disk } from './disk.js';
import { hashNow, parseJournal, type Journal, type JournalEntry } from './journal.js';
import type { Step } from './outcome.js';
import { parentsOf } from './safe-path.js';

/** While an upgrade runs: what it will write, what was there before, and the journal. Also the lock. */
const STAGE = '.hcnode/upgrading';
/** After it: what was there before, for `undo`. */
export const UNDO = '.hcnode/undo';
const JOURNAL = 'journal.json';

interface Run {
  /** Versions, as `undo` tells them. */
  readonly from: string;
  readonly to: string;
  readonly interruption: AbortSignal;
  /** Told before each step, counted from 1. */
  readonly progress: (step: number, steps: number) => void;
}

/**
 * Makes all steps or none. New texts are written beside first; a journal says what comes; then each is renamed into place.
 * What was there before stays for `undo`.
 * @throws {Stop} when another upgrade runs here, and whatever the disk says; then the project is as before
 */
export async function applySteps(root: string, steps: readonly Step[], { from, to, interruption, progress }: Run): Promise<void> {
  const stage = join(root, STAGE);
  makeStage(root);
  const entries: JournalEntry[] = [];
  try {
    const disk = new Disk(root);
    const freed = steps.flatMap(({ kind, path }) => (kind === 'delete' ? [path] : []));
    for (const [index, step] of steps.entries()) {
      interruption.throwIfAborted();
      entries.push(prepare(stage, disk, step, { index, freed }));
    }
    writeFileSync(join(stage, `${JOURNAL}.new`), JSON.stringify({ from, to, entries } satisfies Journal));
    renameSync(join(stage, `${JOURNAL}.new`), join(stage, JOURNAL));
    for (const [index, step] of steps.entries()) {
      progress(index + 1, steps.length);
      // Lets a signal be noticed.
      if (index % 20 === 0) await setImmediate();
      interruption.throwIfAborted();
      make(root, stage, step, index);
    }
  } catch (error) {
    rollBack(root, { from, to, entries });
    rmSync(stage, { recursive: true, force: true });
    throw error;
  }
  rmSync(join(root, UNDO), { recursive: true, force: true });
  renameSync(stage, join(root, UNDO));
  rmSync(join(root, UNDO, 'new'), { recursive: true, force: true });
  rmSync(join(root, UNDO, 'owner.json'), { force: true });
}

/**
 * After a kill: takes back what was done.
 * @returns undefined when there is nothing to take back, else the paths that somebody has changed since, which stay as they are
 * @throws {Stop} when the upgrade still runs
 */
export function recover(root: string): readonly string[] | undefined {
  const stage = join(root, STAGE);
  if (!isFolder(join(root, '.hcnode')) || !isFolder(stage)) return undefined;
  stopIfRunning(stage);
  const journal = readJournal(root, STAGE);
  const changed = journal === undefined ? [] : rollBack(root, journal);
  rmSync(stage, { recursive: true, force: true });
  return changed;
}

/** Whether an upgrade was killed here, or is running. */
export const isHalfDone = (root: string): boolean => existsSync(join(root, STAGE));

export function readJournal(root: string, folder: string): Journal | undefined {
  const entry = new Disk(root).entry(`${folder}/${JOURNAL}`);
  return entry.kind === 'file' ? parseJournal(entry.bytes.toString('utf8')) : undefined;
}

function makeStage(root: string): void {
  const hcnode = join(root, '.hcnode');
  if (existsSync(hcnode) && !isFolder(hcnode)) throw new Stop('refused', [`${hcnode} is not a folder`]);
  mkdirSync(hcnode, { recursive: true });
  const stage = join(root, STAGE);
  try {
    mkdirSync(stage);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new Stop('refused', ['another upgrade is running in this folder'], { cause: error });
  }
  writeFileSync(join(stage, 'owner.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
  // It belongs to this working copy: neither git nor whoever searches the project should see it.
  writeFileSync(join(stage, '.gitignore'), '*\n');
  mkdirSync(join(stage, 'new'));
  mkdirSync(join(stage, 'old'));
}

/** Writes the new text beside, and keeps the old one. Nothing of the project changes. */
function prepare(stage: string, disk: Disk, step: Step, { index, freed }: { readonly index: number; readonly freed: readonly string[] }): JournalEntry {
  const before = disk.entry(step.path);
  // A folder may come where a file is that goes, and the other way round; when its turn comes, it is looked at again.
  const isFreed = before.kind === 'other' && freed.some((path) => path === before.by || path.startsWith(`${before.by}/`));
  if (before.kind === 'other' && !isFreed) throw new Stop('failed', [`${step.path}: ${before.what}; it has come into the way meanwhile`]);
  if (step.kind === 'write') {
    writeFileSync(join(stage, 'new', String(index)), step.bytes, { mode: step.mode });
    // An existing file keeps its permissions, whatever the umask; a new one follows it.
    if (before.kind === 'file') chmodSync(join(stage, 'new', String(index)), step.mode);
  }
  if (before.kind === 'file') keep(join(disk.root, step.path), join(stage, 'old', String(index)));
  return {
    path: step.path,
    before: before.kind === 'file' ? sha256(before.bytes) : null,
    after: step.kind === 'write' ? sha256(step.bytes) : null,
  };
}

/** A second name for the same file costs nothing: files are replaced and never written into. Where there are no links, a copy. */
function keep(source: string, destination: string): void {
  try {
    linkSync(source, destination);
  } catch {
    // Whatever is wrong beyond missing links, copying says it again.
    copyFileSync(source, destination);
  }
}

function make(root: string, stage: string, step: Step, index: number): void {
  const path = join(root, step.path);
  const blocked = new Disk(root).entry(step.path);
  if (blocked.kind === 'other') throw new Stop('failed', [`${step.path}: ${blocked.what}; it has come into the way meanwhile`]);
  if (step.kind === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    renameSync(join(stage, 'new', String(index)), path);
    return;
  }
  rmSync(path, { force: true });
  removeEmptyParents(root, step.path);
}

function rollBack(root: string, journal: Journal): readonly string[] {
  const changed: string[] = [];
  const disk = new Disk(root);
  for (const [index, { path, before, after }] of [...journal.entries.entries()].reverse()) {
    const now = hashNow(journal, path, disk);
    if (now === before) continue;
    if (now !== after) changed.push(path);
    else restore(root, path, before === null ? undefined : join(root, STAGE, 'old', String(index)));
  }
  return changed;
}

function restore(root: string, path: string, old: string | undefined): void {
  if (old === undefined) {
    unlinkSync(join(root, path));
    removeEmptyParents(root, path);
    return;
  }
  mkdirSync(dirname(join(root, path)), { recursive: true });
  renameSync(old, join(root, path));
}

function removeEmptyParents(root: string, path: string): void {
  for (const parent of parentsOf(path).toReversed()) {
    try {
      rmdirSync(join(root, parent));
    } catch {
      // Something is in it: it stays, and so do those above.
      return;
    }
  }
}

function stopIfRunning(stage: string): void {
  const owner = parseOwner(join(stage, 'owner.json'));
  if (owner?.host === hostname() && isRunning(owner.pid)) {
    throw new Stop('refused', [`another upgrade is running in this folder (process ${owner.pid})`, `If process ${owner.pid} is something else, delete ${join(stage, 'owner.json')} and try again.`]);
  }
}

function parseOwner(path: string): { readonly pid: number; readonly host: string } | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('host' in owner)) return undefined;
    return typeof owner.pid === 'number' && typeof owner.host === 'string' ? { pid: owner.pid, host: owner.host } : undefined;
  } catch {
    // Killed before it was written: nobody runs.
    return undefined;
  }
}

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
