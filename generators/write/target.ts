import type { Stats } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

import { shown } from '../answers/read-answer.js';
import { Stop } from '../cli/stop.js';
import type { EmittedFile, Emission } from '../state/emit.js';
import { SIDECAR_ENDING } from '../upgrade/outcome.js';
import { STAGE_NAME } from './stage.js';

/** What a fresh repository or an editor puts into a folder. It stays, and the folder counts as free. */
const HARMLESS = /^(\.git|\.gitignore|\.gitattributes|licen[cs]e(\.\w+)?|readme(\.\w+)?|\.vscode|\.idea|\.fleet|\.zed|\.DS_Store|Thumbs\.db)$/i;

/** What file systems can hold. */
const MAX_NAME_BYTES = 255;

/** More names than this do not help. */
const MAX_NAMED = 10;

/** A file of the user's where one of ours belongs, and where ours is. */
export interface Conflict {
  readonly path: string;
  readonly sidecar: string;
}

export interface Target {
  /** Absolute. */
  readonly path: string;
  readonly isThere: boolean;
  /** What lies in it, without stages of ours. */
  readonly entries: readonly string[];
}

/**
 * Looks at the folder that is to be written, and changes nothing.
 * @throws {Stop} when a service cannot go there
 */
export async function inspectTarget(path: string, { force }: { readonly force: boolean }): Promise<Target> {
  const fault = pathFault(path);
  if (fault !== undefined) throw new Stop('usage', [`the folder ${shown(path)} ${fault}`]);
  const found = await lstatIfThere(path);
  if (found === undefined) return { path, isThere: false, entries: [] };
  if (found.isSymbolicLink()) throw new Stop('refused', [`${path} is a symbolic link; name the folder that it points to`]);
  if (!found.isDirectory()) throw new Stop('refused', [`${path} exists and is not a folder`]);

  const entries = (await readdir(path)).filter((entry) => !STAGE_NAME.test(entry)).sort();
  const inTheWay = entries.filter((entry) => !HARMLESS.test(entry));
  if (inTheWay.length > 0 && !force) {
    throw new Stop('refused', [`${path} is not empty: ${listed(inTheWay)}`, 'Choose another folder, or add --force: it adds files and overwrites none.']);
  }
  return { path, isThere: true, entries };
}

/** The composed paths at which the user has a readme, a .gitignore or the like, which stays as it is. */
export async function findKept(target: Target, composed: ReadonlyMap<string, string>): Promise<string[]> {
  const kept: string[] = [];
  for (const entry of target.entries.filter((name) => HARMLESS.test(name))) {
    // Some file systems do not tell readme.md from README.md.
    const ours = [...composed].find(([path]) => path.toLowerCase() === entry.toLowerCase());
    if (ours !== undefined && (await isInTheWay(target.path, entry, Buffer.from(ours[1])))) kept.push(ours[0]);
  }
  return kept;
}

/**
 * What is written into a folder that has files where some of ours belong: these go beside, as an upgrade does with a conflict.
 * @throws {Stop} naming what cannot be gone around: a folder or a link in the way, or a file of this name beside it, too
 */
export async function besideClashes(target: Target, emission: Emission): Promise<{ readonly emission: Emission; readonly conflicts: readonly Conflict[] }> {
  if (!target.isThere) return { emission, conflicts: [] };
  const [placed, conflicts, clashes]: [[string, EmittedFile][], Conflict[], string[]] = [[], [], []];
  for (const [path, file] of emission) {
    const sidecar = `${path}${SIDECAR_ENDING}`;
    if (!(await isInTheWay(target.path, path, file.bytes))) placed.push([path, file]);
    else if ((await isOrdinaryFile(target.path, path)) && !(await isInTheWay(target.path, sidecar, file.bytes))) {
      placed.push([sidecar, file]);
      conflicts.push({ path, sidecar });
    } else clashes.push(path);
  }
  if (clashes.length > 0) throw new Stop('refused', [`${target.path} has other things where these belong: ${listed(clashes)}`, 'Nothing was written.']);
  return { emission: new Map(placed), conflicts };
}

/** A file of the user's, and no link to one, in a folder that is no link either. */
async function isOrdinaryFile(root: string, path: string): Promise<boolean> {
  const segments = path.split('/');
  for (const [index] of segments.slice(0, -1).entries()) {
    if ((await lstatIfThere(join(root, ...segments.slice(0, index + 1))))?.isDirectory() !== true) return false;
  }
  return (await lstatIfThere(join(root, path)))?.isFile() === true;
}

/** A file with the same content is not: a second run changes nothing. */
async function isInTheWay(root: string, path: string, bytes: Buffer): Promise<boolean> {
  const parents = path.split('/').slice(0, -1).map((_, index, segments) => join(root, ...segments.slice(0, index + 1)));
  for (const parent of parents) {
    const found = await lstatIfThere(parent);
    if (found === undefined) return false;
    if (!found.isDirectory()) return true;
  }
  const found = await lstatIfThere(join(root, path));
  if (found === undefined) return false;
  return !found.isFile() || found.size !== bytes.length || !(await readFile(join(root, path))).equals(bytes);
}

/** What is at this path, itself and not what it points to; undefined when nothing is. */
export async function lstatIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Names that some system cannot hold, or that would be dangerous in a terminal. */
function pathFault(path: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/.test(path)) return 'has control characters in its name';
  const name = basename(path);
  if (path.split(sep).some((segment) => Buffer.byteLength(segment) > MAX_NAME_BYTES)) return `has a name of more than ${MAX_NAME_BYTES} bytes`;
  if (/^(node_modules|\.git|\.hcnode)$/i.test(name)) return 'has a name that tools take for their own';
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) || /[. ]$/.test(name)) return 'has a name that Windows cannot hold';
  if (dirname(path) === path) return 'is the root of the file system';
  return undefined;
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).map((name) => (/^[\w./@+-]+$/.test(name) ? name : shown(name)));
  return named.join(', ') + (names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '');
}
