import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { UsageError } from './errors.js';

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 1 << 28;

/** The lines of each file that changed; `all` for a file that git does not know yet. */
export type ChangedLines = ReadonlyMap<string, 'all' | readonly (readonly [first: number, last: number])[]>;

/**
 * Asks git what changed since a revision, in the work tree as it is.
 *
 * @param revision as typed: a branch, a tag, a commit
 * @param folder where to ask; names of files are relative to it
 * @throws UsageError if there is no git, no repository or no such revision
 */
export async function changedLines(revision: string, folder: string): Promise<ChangedLines> {
  // Git would take it for an option, some of which write files.
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) throw new UsageError(`--since must be a revision of git, got ${JSON.stringify(revision)}.`);
  await git(['rev-parse', '--is-inside-work-tree'], folder, '--since needs a git repository, and this is none.');
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], folder, `Git knows no revision ${JSON.stringify(revision)}.`);
  const difference = ['-c', 'core.quotePath=false', 'diff', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--relative', '--unified=0', '--src-prefix=a/', '--dst-prefix=b/', commit.trim(), '--'];
  const changed = await git(difference, folder, 'Git cannot tell what changed.');
  const untracked = await git(['ls-files', '--others', '--exclude-standard', '-z'], folder, 'Git cannot list new files.');
  const fresh = untracked.split('\0').filter((file) => file !== '');
  return new Map<string, 'all' | readonly (readonly [number, number])[]>([...linesOf(changed), ...fresh.map((file) => [file, 'all'] as const)]);
}

/** Whether a report is on a changed line. */
export function isChanged(changed: ChangedLines, file: string, line: number): boolean {
  const lines = changed.get(file);
  return lines === 'all' || (lines ?? []).some(([first, last]) => first <= line && line <= last);
}

async function git(parameters: readonly string[], folder: string, onFailure: string): Promise<string> {
  try {
    const { stdout } = await execute('git', [...parameters], { cwd: folder, maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    throw new UsageError((error as NodeJS.ErrnoException).code === 'ENOENT' ? '--since needs git, which is not installed.' : onFailure);
  }
}

/** Reads the new side of a difference without context: `+++ b/src/a.ts`, then `@@ -3,0 +4,2 @@` for each place. */
function linesOf(difference: string): Map<string, [number, number][]> {
  const files = new Map<string, [number, number][]>();
  let lines: [number, number][] = [];
  let bodyLinesLeft = 0;
  for (const text of difference.split('\n')) {
    // A removed line that begins with `++ b/` must not pass for the name of a file.
    if (bodyLinesLeft > 0 && !text.startsWith('\\')) {
      bodyLinesLeft--;
      continue;
    }
    const name = /^\+\+\+ (?:b\/(?<plain>.*?)\t?|"b\/(?<quoted>.*)"\t?)$/.exec(text)?.groups;
    if (name !== undefined) {
      lines = [];
      files.set(name['plain'] ?? unquoted(name['quoted'] ?? ''), lines);
      continue;
    }
    const place = /^@@ -\d+(?:,(?<removed>\d+))? \+(?<first>\d+)(?:,(?<added>\d+))? @@/.exec(text)?.groups;
    if (place === undefined) continue;
    const first = Number(place['first']);
    const addedCount = Number(place['added'] ?? 1);
    bodyLinesLeft = Number(place['removed'] ?? 1) + addedCount;
    if (addedCount > 0) lines.push([first, first + addedCount - 1]);
  }
  return files;
}

/** Git puts names with quotes, backslashes or control characters in C's notation. */
function unquoted(name: string): string {
  const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return name.replaceAll(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) => (octal === undefined ? (letters[letter] ?? letter) : String.fromCodePoint(parseInt(octal, 8))));
}
