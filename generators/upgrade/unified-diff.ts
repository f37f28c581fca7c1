import { structuredPatch } from 'diff';

import type { Disk } from './disk.js';
import { readText } from './file-text.js';
import type { Step } from './outcome.js';

/** As findChanges(): beyond it, the file is shown as replaced. */
const MAX_EDITS = 2000;
const ABSENT = '/dev/null';

/** What the steps would change, as `git diff` prints it. */
export function unifiedDiff(steps: readonly Step[], disk: Disk): readonly string[] {
  return steps.flatMap((step) => {
    const entry = disk.entry(step.path);
    const before = entry.kind === 'file' ? readText(entry.bytes)?.text : '';
    const after = step.kind === 'write' ? readText(step.bytes)?.text : '';
    const names = { from: entry.kind === 'file' ? `a/${step.path}` : ABSENT, to: step.kind === 'write' ? `b/${step.path}` : ABSENT };
    if (before === undefined || after === undefined) return [`Binary files ${names.from} and ${names.to} differ`];
    return diffOf(before, after, names);
  });
}

/** The lines that turn one text into the other, with three around them. */
export function diffOf(before: string, after: string, { from, to }: { readonly from: string; readonly to: string }): readonly string[] {
  const patch = structuredPatch(from, to, before, after, undefined, undefined, { context: 3, maxEditLength: MAX_EDITS });
  if (patch === undefined) return [`--- ${from}`, `+++ ${to}`, ...linesOf(before, '-'), ...linesOf(after, '+')];
  if (patch.hunks.length === 0) return [];
  const hunks = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${place(oldStart, oldLines)} +${place(newStart, newLines)} @@`, ...lines]);
  return [`--- ${from}`, `+++ ${to}`, ...hunks];
}

/** Where there are no lines, the format counts from the line before. */
const place = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;

const linesOf = (text: string, sign: string): readonly string[] => text.replace(/\n$/, '').split('\n').map((line) => sign + line);
