import type { Mode } from '../state/mode.js';
import type { Owner } from '../state/owner.js';

/** A file as an earlier version had written it. */
export interface BaseFile {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
  readonly mode: Mode;
  readonly owner: Owner;
  /** Undefined when .hcnode/base.gz is lost: then only its hash is known. */
  readonly text: string | undefined;
}

/** What the project remembers, read and checked. */
export interface Remembered {
  /** Undefined when .hcnode.json is lost and nothing tells it. */
  readonly version: string | undefined;
  readonly answers: ReadonlyMap<string, unknown>;
  readonly files: readonly BaseFile[];
  readonly ejected: readonly string[];
  /** What was damaged, and what was done about it. */
  readonly warnings: readonly string[];
}
