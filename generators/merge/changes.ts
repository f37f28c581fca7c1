import { diffArrays } from 'diff';

/** Lines `start` to `end` of the old text, without `end`, became `lines`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Beyond so many lines that differ, the rest counts as one change: the cost rises with the square of their number,
 * and whoever changed so much has written another file.
 */
const MAX_EDITS = 2000;

/**
 * What was changed between two texts, in order, by Myers' algorithm (E. Myers, An O(ND) difference algorithm and its variations, 1986).
 * What both have in common at their ends is not looked at.
 */
export function findChanges(before: readonly string[], after: readonly string[]): readonly Change[] {
  const head = commonHead(before, after);
  const tail = commonHead(before.slice(head).reverse(), after.slice(head).reverse());
  const [oldLines, newLines] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (oldLines.length === 0 && newLines.length === 0) return [];
  const parts = diffArrays(oldLines, newLines, { maxEditLength: MAX_EDITS });
  if (parts === undefined) return [{ start: head, end: head + oldLines.length, lines: newLines }];

  const changes: Change[] = [];
  let at = head;
  for (const { added, removed, value } of parts) {
    if (added) changes.push({ start: at, end: at, lines: value });
    else {
      if (removed) changes.push({ start: at, end: at + value.length, lines: [] });
      at += value.length;
    }
  }
  return joined(changes);
}

/** Neighbours become one: the library gives what was added and what was removed in either order. */
function joined(changes: readonly Change[]): readonly Change[] {
  const all: Change[] = [];
  for (const change of changes) {
    const last = all.at(-1);
    if (last?.end === change.start) all[all.length - 1] = { start: last.start, end: change.end, lines: [...last.lines, ...change.lines] };
    else all.push(change);
  }
  return all;
}

/** How many lines are the same from the beginning on. */
export function commonHead(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
