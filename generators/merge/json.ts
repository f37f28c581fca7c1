import type { JSONPath } from 'jsonc-parser';

import { mergeRanges } from './dependency-range.js';
import { commentsOf, editJson, type JsonEdit } from './json-edit.js';
import { canonical, isSame, parseJson, type JsonArray, type JsonObject, type JsonValue } from './json-tree.js';
import type { MergeResult } from './result.js';
import { isWithin, mergeSequence, placeAfter } from './sequence.js';

const DEPENDENCIES = /^((dev|peer|optional)?[dD]ependencies)$/;
const EMPTY: JsonObject = { kind: 'object', entries: new Map() };

/** What tells one object of a list from the others: a Grafana panel, an alert, a scrape job. */
const IDENTITIES = ['id', 'uid', 'name', 'alert', 'record', 'job_name', 'refId'];

interface Sides<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

/** Collects what has to be changed in the user's text. */
interface Merging {
  readonly edits: JsonEdit[];
  conflicts: number;
  readonly isManifest: boolean;
}

/** Merges JSON by key; the user's formatting, comments and order stay. Where both changed one value, the user's stays and it is a conflict. */
export const mergeJson = (base: string, ours: string, theirs: string): MergeResult | undefined => merge({ base, ours, theirs }, { isManifest: false });

/** The same for package.json: a dependency gets the higher of two ranges. */
export const mergeManifest = (base: string, ours: string, theirs: string): MergeResult | undefined => merge({ base, ours, theirs }, { isManifest: true });

function merge(texts: Sides<string>, { isManifest }: { isManifest: boolean }): MergeResult | undefined {
  const [base, ours, theirs] = [parseJson(texts.base), parseJson(texts.ours), parseJson(texts.theirs)];
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  if (ours.kind === 'scalar' || ours.kind !== theirs.kind || ours.kind !== base.kind) return undefined;
  const merging: Merging = { edits: [], conflicts: 0, isManifest };
  mergeValue(merging, [], { base, ours, theirs });

  const text = editJson(texts.ours, merging.edits);
  // A comment of the user's that stood at what goes would go with it: lines are merged then.
  if (!isWithin(commentsOf(texts.ours), commentsOf(text))) return undefined;
  if (parseJson(text) === undefined || (isStrict(texts.ours) && !isStrict(text))) return undefined;
  return merging.conflicts === 0 ? { kind: 'clean', text } : { kind: 'conflict', text, hasMarkers: false };
}

/** Merges a value that all have, or that ours and theirs have. */
function mergeValue(merging: Merging, path: JSONPath, { base, ours, theirs }: { base: JsonValue | undefined; ours: JsonValue; theirs: JsonValue }): void {
  if (isSame(ours, theirs) || isSame(base, theirs)) return;
  // Into objects and lists even where the user changed nothing: what is written there may have been formatted.
  if (ours.kind === 'object' && theirs.kind === 'object') mergeObjects(merging, path, { base: base?.kind === 'object' ? base : EMPTY, ours, theirs });
  else if (ours.kind === 'array' && theirs.kind === 'array') mergeArrays(merging, path, { base: base?.kind === 'array' ? base : { kind: 'array', items: [] }, ours, theirs });
  else if (isSame(base, ours)) merging.edits.push({ kind: 'set', path, value: theirs });
  else if (isDependency(merging, path)) mergeDependency(merging, path, { base, ours, theirs });
  else merging.conflicts += 1;
}

function mergeObjects(merging: Merging, path: JSONPath, { base, ours, theirs }: Sides<JsonObject>): void {
  const keys = mergeEntries(merging, { base: base.entries, ours: ours.entries, theirs: theirs.entries }, {
    pathOf: (key) => [...path, key],
    mayGo: (key) => isDependency(merging, [...path, key]),
  });
  const isSorted = merging.isManifest && path.length === 1 && DEPENDENCIES.test(String(path[0])) && isInOrder(keys);
  const order = [...theirs.entries.keys()];
  for (const [index, key] of order.entries()) {
    const value = theirs.entries.get(key);
    if (value === undefined || ours.entries.has(key) || base.entries.has(key)) continue;
    const place = isSorted ? keys.filter((other) => other < key).length : placeAfter(keys, order.slice(0, index));
    merging.edits.push({ kind: 'insert', path: [...path, key], place, value });
    keys.splice(place, 0, key);
  }
}

/**
 * Merges what was there before: what both still have, and what one removed. What the user removed stays removed.
 * @returns the keys that are left, in the user's order
 */
function mergeEntries(
  merging: Merging,
  { base, ours, theirs }: Sides<ReadonlyMap<string, JsonValue>>,
  { pathOf, mayGo }: { pathOf: (key: string, left: readonly string[]) => JSONPath; mayGo: (key: string) => boolean },
): string[] {
  const left = [...ours.keys()];
  for (const [key, mine] of ours) {
    const [before, hcnode] = [base.get(key), theirs.get(key)];
    if (hcnode !== undefined) mergeValue(merging, pathOf(key, left), { base: before, ours: mine, theirs: hcnode });
    else if (isSame(before, mine)) {
      merging.edits.push({ kind: 'remove', path: pathOf(key, left) });
      left.splice(left.indexOf(key), 1);
    }
    // A dependency that the user moved is one that the user needs.
    else if (before !== undefined && !mayGo(key)) merging.conflicts += 1;
  }
  return left;
}

function mergeArrays(merging: Merging, path: JSONPath, { base, ours, theirs }: Sides<JsonArray>): void {
  const identity = IDENTITIES.find((key) => [base, ours, theirs].every((list) => byIdentity(list, key) !== undefined));
  if (identity !== undefined) {
    const [before, mine, hcnode] = [base, ours, theirs].map((list) => byIdentity(list, identity) ?? new Map<string, JsonValue>());
    if (before && mine && hcnode) mergeIdentified(merging, path, { base: before, ours: mine, theirs: hcnode });
    return;
  }
  const values = new Map([...theirs.items, ...base.items, ...ours.items].map((item) => [canonical(item), item]));
  const [before, mine, hcnode] = [base, ours, theirs].map(({ items }) => items.map(canonical));
  const merged = mergeSequence(before ?? [], mine ?? [], hcnode ?? []);
  if (merged === undefined) merging.conflicts += 1;
  else merging.edits.push({ kind: 'set', path, value: { kind: 'array', items: merged.flatMap((item) => values.get(item) ?? []) } });
}

function mergeIdentified(merging: Merging, path: JSONPath, { base, ours, theirs }: Sides<ReadonlyMap<string, JsonValue>>): void {
  const left = mergeEntries(merging, { base, ours, theirs }, { pathOf: (key, all) => [...path, all.indexOf(key)], mayGo: () => false });
  const order = [...theirs.keys()];
  for (const [index, key] of order.entries()) {
    const value = theirs.get(key);
    if (value === undefined || ours.has(key) || base.has(key)) continue;
    const place = placeAfter(left, order.slice(0, index));
    merging.edits.push({ kind: 'insert', path: [...path, place], place, value });
    left.splice(place, 0, key);
  }
}

/** The objects of a list by what tells them apart; undefined when that does not. */
function byIdentity({ items }: JsonArray, identity: string): ReadonlyMap<string, JsonValue> | undefined {
  const identified = new Map<string, JsonValue>();
  for (const item of items) {
    const value = item.kind === 'object' ? item.entries.get(identity) : undefined;
    if (value?.kind !== 'scalar' || identified.has(canonical(value))) return undefined;
    identified.set(canonical(value), item);
  }
  return identified;
}

const isDependency = ({ isManifest }: Merging, path: JSONPath): boolean => isManifest && path.length === 2 && DEPENDENCIES.test(String(path[0]));

function mergeDependency(merging: Merging, path: JSONPath, { base, ours, theirs }: { base: JsonValue | undefined; ours: JsonValue; theirs: JsonValue }): void {
  const [before, mine, hcnode] = [base, ours, theirs].map(stringOf);
  const merged = mine === undefined || hcnode === undefined ? undefined : mergeRanges(before, mine, hcnode);
  if (merged === undefined) merging.conflicts += 1;
  else if (merged !== mine) merging.edits.push({ kind: 'set', path, value: { kind: 'scalar', text: JSON.stringify(merged) } });
}

function stringOf(value: JsonValue | undefined): string | undefined {
  const parsed: unknown = value?.kind === 'scalar' ? JSON.parse(value.text) : undefined;
  return typeof parsed === 'string' ? parsed : undefined;
}

const isInOrder = (keys: readonly string[]): boolean => keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The question is whether.
    return false;
  }
}
