import { commonHead, findChanges, type Change } from './changes.js';
import type { MergeLabels, MergeResult } from './result.js';

/**
 * Merges two texts line by line, as `git merge-file` does: what one side changed is taken from it; changes of both that overlap or
 * touch are a conflict, unless they are the same. The merge of S. Khanna, K. Kunal, B. Pierce, A formal investigation of diff3, 2007.
 */
export function mergeLines(base: string, ours: string, theirs: string, labels: MergeLabels): MergeResult {
  if (ours === theirs || base === theirs) return { kind: 'clean', text: ours };
  if (base === ours) return { kind: 'clean', text: theirs };
  const baseLines = splitLines(base);
  const sides = { ours: findChanges(baseLines, splitLines(ours)), theirs: findChanges(baseLines, splitLines(theirs)) };

  const merged: string[] = [];
  let conflicts = 0;
  let at = 0;
  for (const region of regionsOf(sides.ours, sides.theirs)) {
    const original = baseLines.slice(region.start, region.end);
    push(merged, baseLines.slice(at, region.start));
    const settled = settle(original, withChanges(baseLines, region, region.ours), withChanges(baseLines, region, region.theirs), labels);
    push(merged, settled.lines);
    conflicts += settled.isConflict ? 1 : 0;
    at = region.end;
  }
  push(merged, baseLines.slice(at));
  const text = joinLines(merged, { hasFinalNewline: finalNewline(base, ours, theirs) });
  return conflicts === 0 ? { kind: 'clean', text } : { kind: 'conflict', text, hasMarkers: true };
}

interface Region {
  readonly start: number;
  readonly end: number;
  readonly ours: readonly Change[];
  readonly theirs: readonly Change[];
}

/** The changes of both sides, those that overlap or touch taken together. */
function regionsOf(ours: readonly Change[], theirs: readonly Change[]): readonly Region[] {
  const all = [...ours.map((change) => ({ change, side: 'ours' as const })), ...theirs.map((change) => ({ change, side: 'theirs' as const }))];
  const regions: Region[] = [];
  for (const { change, side } of all.toSorted((a, b) => a.change.start - b.change.start || a.change.end - b.change.end)) {
    const last = regions.at(-1);
    const own = { ours: side === 'ours' ? [change] : [], theirs: side === 'theirs' ? [change] : [] };
    if (last === undefined || change.start > last.end) regions.push({ start: change.start, end: change.end, ...own });
    else regions[regions.length - 1] = { start: last.start, end: Math.max(last.end, change.end), ours: [...last.ours, ...own.ours], theirs: [...last.theirs, ...own.theirs] };
  }
  return regions;
}

/** What one side made of a region of the base. */
function withChanges(base: readonly string[], { start, end }: Region, changes: readonly Change[]): readonly string[] {
  const lines: string[] = [];
  let at = start;
  for (const change of changes) {
    push(lines, base.slice(at, change.start));
    push(lines, change.lines);
    at = change.end;
  }
  push(lines, base.slice(at, end));
  return lines;
}

function settle(original: readonly string[], ours: readonly string[], theirs: readonly string[], labels: MergeLabels): { readonly lines: readonly string[]; readonly isConflict: boolean } {
  if (isSame(ours, theirs) || isSame(original, theirs)) return { lines: ours, isConflict: false };
  if (isSame(original, ours)) return { lines: theirs, isConflict: false };
  // What both have in common at the ends need not be chosen between.
  const head = commonHead(ours, theirs);
  const tail = commonHead(ours.slice(head).reverse(), theirs.slice(head).reverse());
  const [yours, hcnode] = [ours.slice(head, ours.length - tail), theirs.slice(head, theirs.length - tail)];
  const marked = [`<<<<<<< ${labels.ours}`, ...yours, '=======', ...hcnode, `>>>>>>> ${labels.theirs}`];
  return { lines: [...ours.slice(0, head), ...marked, ...ours.slice(ours.length - tail)], isConflict: true };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, index) => line === b[index]);

/** A final newline belongs to the file and not to its last line: adding a line at the end is no change of the one before. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const joinLines = (lines: readonly string[], { hasFinalNewline }: { hasFinalNewline: boolean }): string => lines.join('\n') + (hasFinalNewline && lines.length > 0 ? '\n' : '');

/** Of the two sides, the one that changed it decides. */
function finalNewline(base: string, ours: string, theirs: string): boolean {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map((text) => text === '' || text.endsWith('\n'));
  return (inOurs === inBase ? inTheirs : inOurs) === true;
}

/** `push(...lines)` overflows the stack beyond some 100,000 lines. */
function push(lines: string[], more: readonly string[]): void {
  for (const line of more) lines.push(line);
}
