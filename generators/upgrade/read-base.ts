import { gunzipSync } from 'node:zlib';

import { canonicalBase, sha256 } from '../state/base.js';
import type { Disk } from './disk.js';
import { stopForUnsafe } from './parse-state.js';

export const BASE_PATH = '.hcnode/base.gz';

/** A project has half a megabyte. A file that unpacks to more than this was not packed by us. */
const MAX_UNPACKED_BYTES = 50_000_000;

export interface Base {
  /** Path to text, as an earlier version had written it. */
  readonly files: ReadonlyMap<string, string>;
  /** SHA-256 of the canonical text. */
  readonly hash: string;
}

/**
 * Reads what an earlier version had written. Undefined when it is missing or damaged.
 * @throws {Stop} when it names a path that leads out of the project
 */
export function readBase(disk: Disk): Base | undefined {
  const entry = disk.entry(BASE_PATH);
  const files = entry.kind === 'file' ? unpack(entry.bytes) : undefined;
  if (files === undefined) return undefined;
  stopForUnsafe([...files.keys()], BASE_PATH);
  return { files, hash: sha256(canonicalBase(files)) };
}

function unpack(packed: Buffer): ReadonlyMap<string, string> | undefined {
  try {
    const entries: unknown = JSON.parse(gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }).toString('utf8'));
    if (!Array.isArray(entries) || !entries.every(isPair)) return undefined;
    const files = new Map(entries);
    return files.size === entries.length ? files : undefined;
  } catch {
    // Not gzip, cut short, or not JSON: lost, whichever it is.
    return undefined;
  }
}

const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
