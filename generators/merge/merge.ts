import { mergeLines } from './lines.js';
import type { MergeLabels, MergeResult } from './result.js';
import { stillParses } from './still-parses.js';

/**
 * Merges a file, in the way that its format asks for. All three texts are in LF, without a byte order mark.
 * A merge that no longer parses, of two sides that did, is a conflict without markers: then `text` is the user's.
 */
export async function mergeFile(path: string, base: string, ours: string, theirs: string, labels: MergeLabels): Promise<MergeResult> {
  const result = mergeLines(base, ours, theirs, labels);
  if (result.kind === 'conflict' || (await stillParses(path, result.text))) return result;
  const isTheirFault = (await stillParses(path, ours)) && (await stillParses(path, theirs));
  return isTheirFault ? { kind: 'conflict', text: ours, hasMarkers: false } : result;
}
