import type { Findings } from '../report.js';

/** What every format is given. */
export interface Shown extends Findings {
  readonly requestsPerSecond?: number;
  /** Entries of the baseline that are no longer true; only where one was compared with. */
  readonly goneCount?: number;
}

/** Makes the whole output of a run, with a line feed at its end. */
export type Formatter = (shown: Shown) => string;
