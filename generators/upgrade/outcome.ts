/** What becomes of a file, as --json says it. `unchanged` is not reported. */
export type Status = 'created' | 'updated' | 'merged' | 'renamed' | 'deleted' | 'kept' | 'conflict' | 'unchanged';

/** One change of the disk. Paths are relative to the project, with `/`. */
export type Step = { readonly kind: 'write'; readonly path: string; readonly bytes: Buffer; readonly mode: number } | { readonly kind: 'delete'; readonly path: string };

export interface Outcome {
  readonly path: string;
  readonly status: Status;
  /** Where it was before. */
  readonly from?: string;
  /** Why, where it is not plain. */
  readonly reason?: string;
  /** The file beside it that holds what the new version writes. */
  readonly sidecar?: string;
  /** Whether git's markers are in it. */
  readonly hasMarkers?: boolean;
  readonly steps: readonly Step[];
}

export const SIDECAR_ENDING = '.hcnode-new';

/** Markers between which a person has to choose: as we write them. */
export const hasOurMarkers = (text: string): boolean => /^<{7} yours\r?$/m.test(text) && /^>{7} hcnode \S+\r?$/m.test(text);

/**
 * Whether a conflict in this file may be marked in place. Nothing reads documents and nothing compiles by itself; what a running service, a
 * build or CI reads keeps working as it was, with the new text beside it.
 */
export const takesMarkers = (path: string): boolean => /^((src|test|docs)\/.*\.(ts|js|md)|README\.md)$/.test(path);
