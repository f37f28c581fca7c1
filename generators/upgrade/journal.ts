import { sha256 } from '../state/base.js';
import type { Disk } from './disk.js';
import { pathFault } from './safe-path.js';

/** One step: SHA-256 of the file before and after it, null where there is none. */
export interface JournalEntry {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an upgrade was about to do, in order. The old texts lie beside it, named by their place in the list. */
export interface Journal {
  readonly from: string;
  readonly to: string;
  readonly entries: readonly JournalEntry[];
}

/** It lies in the project, where others may write, too: believed only if every path stays inside. Undefined when it is none of ours. */
export function parseJournal(text: string): Journal | undefined {
  try {
    const journal: unknown = JSON.parse(text);
    if (typeof journal !== 'object' || journal === null || !('entries' in journal) || !('from' in journal) || !('to' in journal)) return undefined;
    const { from, to, entries } = journal;
    if (typeof from !== 'string' || typeof to !== 'string' || !Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    return { from, to, entries };
  } catch {
    // Not a journal of ours: nothing is done by it.
    return undefined;
  }
}

/**
 * What is at a path now, as the journal says it. `other` is what no journal names; a folder that is there for files of the journal,
 * or a file of it in the place of a folder, is nothing.
 */
export function hashNow({ entries }: Journal, path: string, disk: Disk): string | null {
  const entry = disk.entry(path);
  if (entry.kind === 'file') return sha256(entry.bytes);
  if (entry.kind === 'missing') return null;
  return entries.some((other) => other.path === entry.by || other.path.startsWith(`${path}/`)) && entry.what !== 'is a symbolic link' ? null : 'other';
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('before' in value) || !('after' in value)) return false;
  const isHash = (hash: unknown): boolean => hash === null || typeof hash === 'string';
  return typeof value.path === 'string' && pathFault(value.path) === undefined && isHash(value.before) && isHash(value.after);
}
