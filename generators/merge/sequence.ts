import { mergeLines } from './lines.js';

const LABELS = { ours: 'ours', theirs: 'theirs' };

/**
 * Merges lists of texts of one line each. Unlike lines of code, what both added at the same place is taken from both.
 * The outcome is undefined where both changed the same items.
 */
export function mergeSequence(base: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly string[] | undefined {
  const [before, mine, hcnode] = [base, ours, theirs].map((items) => items.map((item) => `${item}\n`).join(''));
  const merged = mergeLines(before ?? '', mine ?? '', hcnode ?? '', LABELS);
  if (merged.kind === 'clean') return merged.text.split('\n').slice(0, -1);
  return isWithin(base, ours) && isWithin(base, theirs) ? weave(ours, theirs) : undefined;
}

/** Adds to the first list what only the second has, each behind the item that it follows there. */
export function weave(items: readonly string[], others: readonly string[]): readonly string[] {
  const all = [...items];
  for (const [index, item] of others.entries()) {
    if (!all.includes(item)) all.splice(placeAfter(all, others.slice(0, index)), 0, item);
  }
  return all;
}

/** Where something belongs that stands behind these elsewhere: behind the last of them that is here. */
export function placeAfter(items: readonly string[], predecessors: readonly string[]): number {
  const last = predecessors.findLast((predecessor) => items.includes(predecessor));
  return last === undefined ? 0 : items.indexOf(last) + 1;
}

/** Whether the second list has the items of the first, in their order. */
export function isWithin(items: readonly string[], others: readonly string[]): boolean {
  let found = 0;
  for (const other of others) if (found < items.length && items[found] === other) found += 1;
  return found === items.length;
}
