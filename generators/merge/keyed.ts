import type { MergeResult } from './result.js';
import { isWithin, weave } from './sequence.js';

/** A part of a text that has a name of its own: a section, a key with its value. The text ends in a line break. */
export interface Part {
  readonly key: string;
  readonly text: string;
}

export interface Three<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

type Settle = (texts: Three<string>, key: string) => MergeResult;

/**
 * Merges texts by their parts. A part that only one side changed is taken from it; one that the user removed stays removed.
 * @param settle merges a part that both changed, or that the template removed (then `theirs` is empty) and the user changed
 */
export function mergeParts({ base, ours, theirs }: Three<readonly Part[]>, settle: Settle): MergeResult {
  const [before, mine, hcnode] = [base, ours, theirs].map((parts) => new Map(parts.map(({ key, text }) => [key, text])));
  const merged = new Map<string, MergeResult>();
  for (const key of new Set([...ours, ...theirs].map((part) => part.key))) {
    const result = mergePart({ base: before?.get(key), ours: mine?.get(key), theirs: hcnode?.get(key) }, (texts) => settle(texts, key));
    if (result !== undefined) merged.set(key, result);
  }
  const isLeft = (key: string): boolean => merged.has(key);
  const [orderBefore, ourOrder, theirOrder] = [base, ours, theirs].map((parts) => parts.map(({ key }) => key));
  const order = orderOf({ base: orderBefore ?? [], ours: (ourOrder ?? []).filter(isLeft), theirs: (theirOrder ?? []).filter(isLeft) });
  return joinResults(order.flatMap((key) => merged.get(key) ?? []));
}

function mergePart({ base, ours, theirs }: Three<string | undefined>, settle: (texts: Three<string>) => MergeResult): MergeResult | undefined {
  if (ours === undefined) return theirs === undefined || base !== undefined ? undefined : { kind: 'clean', text: theirs };
  if (theirs === undefined) return base === undefined ? { kind: 'clean', text: ours } : base === ours ? undefined : settle({ base, ours, theirs: '' });
  if (ours === theirs || base === theirs) return { kind: 'clean', text: ours };
  return base === ours ? { kind: 'clean', text: theirs } : settle({ base: base ?? '', ours, theirs });
}

/** The template's order, with the user's own parts in it; the user's order, if the user changed it. */
function orderOf({ base, ours, theirs }: Three<readonly string[]>): readonly string[] {
  const isMoved = !isWithin(ours.filter((key) => base.includes(key)), base);
  return isMoved ? weave(ours, theirs) : weave(theirs, ours);
}

/** One text of several. A conflict without markers says nothing of where it is, so one is enough. */
export function joinResults(results: readonly MergeResult[]): MergeResult {
  const text = results.map((result) => result.text).join('');
  const conflicts = results.filter((result) => result.kind === 'conflict');
  if (conflicts.length === 0) return { kind: 'clean', text };
  return { kind: 'conflict', text, hasMarkers: conflicts.every(({ hasMarkers }) => hasMarkers) };
}

/** Lines, each with its line break. @returns no lines for an empty text */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Each text with a line break at its end, and what gives the merge the user's ending back. */
export function withFinalNewlines(base: string, ours: string, theirs: string): Three<string> & { readonly restore: (result: MergeResult) => MergeResult } {
  const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  const isOpen = ours !== '' && !ours.endsWith('\n');
  return {
    base: ended(base),
    ours: ended(ours),
    theirs: ended(theirs),
    restore: (result) => (isOpen ? { ...result, text: result.text.replace(/\n$/, '') } : result),
  };
}

/** A comment with an empty line below it is about what follows as a whole; empty lines belong to what follows them. */
export function splitHead(above: readonly string[]): [head: string, comment: string] {
  const text = above.join('');
  const head = /^[^]*\S[^\n]*\n(?=\s*?\n)/.exec(text)?.[0] ?? '';
  return [head, text.slice(head.length)];
}
