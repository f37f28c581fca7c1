import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { Rule } from 'eslint';

import { projectAliases } from '../cross-file/aliases.js';
import { hashOf, readIndex, writeIndex, type IndexedFile } from '../cross-file/index-store.js';
import { link } from '../cross-file/link.js';
import { moduleResolver } from '../cross-file/resolve-module.js';
import { summarize } from '../cross-file/summary.js';
import { fileModel } from '../model/model.js';

export interface CrossFile {
  /** Sums a file up while ESLint has it parsed anyway. */
  readonly onFile: (context: Rule.RuleContext) => void;
  /** Follows the calls and keeps what was found. @returns the files that handlers of others reach, relative to the folder */
  readonly link: () => ReadonlySet<string>;
}

type Entry = Omit<IndexedFile, 'roots'>;

/**
 * Gathers what the files of a run have to do with each other. Files that are not part of it are taken as they were in the last one, if they have not changed.
 *
 * @param cwd what file names are made relative to
 */
export function startCrossFile(cwd: string): CrossFile {
  const before = readIndex(cwd)?.files ?? {};
  const entries = new Map<string, Entry>(Object.entries(before).filter(([file, entry]) => isUnchanged(join(cwd, file), entry)));
  return {
    onFile(context) {
      const file = relative(cwd, context.filename).split(sep).join('/');
      const hash = hashOf(context.sourceCode.text);
      const stats = statSync(context.filename, { throwIfNoEntry: false });
      if (stats === undefined) return;
      const known = entries.get(file);
      const summary = known?.hash === hash ? known.summary : summarize(context.sourceCode, fileModel(context).handlers);
      entries.set(file, { hash, modifiedMs: stats.mtimeMs, sizeBytes: stats.size, summary });
    },
    link() {
      const roots = link(new Map([...entries].map(([file, { summary }]) => [file, summary])), moduleResolver(entries.keys(), projectAliases(cwd, entries.keys())));
      writeIndex(cwd, Object.fromEntries([...entries].map(([file, entry]) => [file, { ...entry, roots: roots.get(file) ?? [] }])));
      return new Set(roots.keys());
    },
  };
}

function isUnchanged(path: string, { modifiedMs, sizeBytes }: Entry): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs === modifiedMs && stats.size === sizeBytes;
}
