/** How the two sides of a conflict are called, in git's markers. */
export interface MergeLabels {
  /** `yours` */
  readonly ours: string;
  /** `hcnode 1.2.0` */
  readonly theirs: string;
}

/**
 * What became of a merge. On a conflict `text` holds all that could be merged: with markers around what could not, or, in formats
 * that have no place for markers, with the user's side of it.
 */
export type MergeResult = { readonly kind: 'clean'; readonly text: string } | { readonly kind: 'conflict'; readonly text: string; readonly hasMarkers: boolean };

/**
 * Merges two texts that were made of one. All three are in LF, without a byte order mark.
 * The outcome is undefined when one of them is not what the function merges, as JSON with a comment: then lines are merged.
 */
export type Merge = (base: string, ours: string, theirs: string, labels: MergeLabels) => MergeResult | undefined;
