import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { SourceCode } from 'eslint';

import { settingsOrDefaults } from '../settings.js';
import { functionsOf, type FunctionNode } from './functions.js';
import { hashOf, indexModifiedMs, readIndex, type Index } from './index-store.js';
import type { HandlerMark } from './summary.js';

export interface ReachedFunction extends HandlerMark {
  readonly node: FunctionNode;
}

interface Kept {
  readonly modifiedMs: number;
  readonly index: Index | undefined;
}

const kept = new Map<string, Kept>();

/**
 * The functions of a file that handlers of other files reach, as hcnode-lint last found out; none where `crossFile` is off, where the file has
 * changed since, or where a file on the way has. No other file is parsed: at worst one JSON file is read.
 *
 * @param filename absolute
 * @param cwd where ESLint runs
 */
export function externalRoots(sourceCode: SourceCode, filename: string, cwd: string, settings: Readonly<Record<string, unknown>>): readonly ReachedFunction[] {
  if (settingsOrDefaults(settings).crossFile === 'off') return [];
  const index = currentIndex(cwd);
  const entry = index?.files[relative(cwd, filename).split(sep).join('/')];
  if (index === undefined || entry === undefined || entry.roots.length === 0 || entry.hash !== hashOf(sourceCode.text)) return [];
  const { list } = functionsOf(sourceCode);
  return entry.roots.flatMap(({ ordinal, scope, reason, via }) => {
    const node = list[ordinal];
    return node === undefined || !via.every((file) => isUnchanged(index, cwd, file)) ? [] : [{ node, scope, reason }];
  });
}

/** Editors keep their process for days: the index is read anew when it was written anew. */
function currentIndex(cwd: string): Index | undefined {
  const modifiedMs = indexModifiedMs(cwd);
  const before = kept.get(cwd);
  if (before?.modifiedMs === modifiedMs) return before.index;
  const index = readIndex(cwd);
  kept.set(cwd, { modifiedMs, index });
  return index;
}

function isUnchanged({ files }: Index, cwd: string, file: string): boolean {
  const stats = statSync(join(cwd, file), { throwIfNoEntry: false });
  const entry = files[file];
  return stats !== undefined && entry !== undefined && stats.mtimeMs === entry.modifiedMs && stats.size === entry.sizeBytes;
}
