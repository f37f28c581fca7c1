import { mkdirSync, writeFileSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import type { Emission } from '../state/emit.js';
import { rollBackHalfAdded } from './add-files.js';

/** What our stages are called. mkdtemp puts six letters and digits at the end. */
export const STAGE_NAME = /^\.create-hcnode-[A-Za-z0-9]{6}$/;
const STAGE_PREFIX = '.create-hcnode-';
const OWNER_FILE = 'owner.json';
const STAGE_ENTRIES = [OWNER_FILE, 'tree', 'adding.json'];

/** A stage whose process cannot be asked about (another host, a number used again) is left alone for a day. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** A stage is filled at once; one that is still empty after this never will be. */
const UNUSED_AFTER_MS = 60_000;

/** Makes a stage in this folder, marked as ours and of this process. */
export async function makeStage(folder: string): Promise<string> {
  const stage = await mkdtemp(join(folder, STAGE_PREFIX));
  try {
    await writeFile(join(stage, OWNER_FILE), JSON.stringify({ madeBy: 'create-hcnode', pid: process.pid, host: hostname() }));
    return stage;
  } catch (error) {
    await rm(stage, { recursive: true, force: true });
    throw error;
  }
}

/** How many files are written between two looks at the signals. Some 100 small ones take 10 ms. */
const FILES_AT_ONCE = 20;

/**
 * Writes the files below `root`, a few at a time, so that a signal is noticed between them.
 * Synchronously: handing each to a thread and back costs several times the writing.
 */
export async function writeTree(root: string, emission: Emission, interruption: AbortSignal): Promise<void> {
  const folders = new Set([...emission.keys()].map((path) => dirname(join(root, path))));
  for (const folder of [root, ...folders]) mkdirSync(folder, { recursive: true });
  let written = 0;
  for (const [path, { bytes, mode }] of emission) {
    writeFileSync(join(root, path), bytes, { flag: 'wx', mode: Number.parseInt(mode, 8) });
    written += 1;
    if (written % FILES_AT_ONCE === 0) await setImmediate();
    interruption.throwIfAborted();
  }
}

/** Takes away what a killed run left in this folder: stages that are surely ours and whose process is gone. */
export async function removeStaleStages(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const stage of names.filter((name) => STAGE_NAME.test(name)).map((name) => join(folder, name))) {
    if (!(await isStale(stage))) continue;
    await rollBackHalfAdded(stage);
    await rm(stage, { recursive: true, force: true });
  }
}

async function isStale(stage: string): Promise<boolean> {
  try {
    const found = await lstat(stage);
    if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) return false;
    const entries = await readdir(stage);
    if (!entries.every((entry) => STAGE_ENTRIES.includes(entry))) return false;
    // Killed before there was anything in it, perhaps before it was marked.
    if (!entries.includes('tree')) return Date.now() - found.mtimeMs > UNUSED_AFTER_MS;
    const owner = parseOwner(await readFile(join(stage, OWNER_FILE), 'utf8'));
    if (owner === undefined) return false;
    const ageMs = Date.now() - (await stat(join(stage, OWNER_FILE))).mtimeMs;
    return ageMs > ABANDONED_AFTER_MS || (owner.host === hostname() && !isRunning(owner.pid));
  } catch {
    // Gone meanwhile, or not readable: not for us to remove.
    return false;
  }
}

function parseOwner(text: string): { readonly pid: number; readonly host: string } | undefined {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('madeBy' in parsed) || parsed.madeBy !== 'create-hcnode') return undefined;
  if (!('pid' in parsed) || !('host' in parsed) || typeof parsed.pid !== 'number' || typeof parsed.host !== 'string') return undefined;
  return { pid: parsed.pid, host: parsed.host };
}

/** Whether a process with this id is there, ours or not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
