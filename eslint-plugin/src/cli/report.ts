/** One finding, as every format shows it. */
export interface Report {
  /** Relative to where the command runs, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Without the plugin's prefix. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What makes another one: `request`, `connection`, …; unknown if left out. */
  readonly per?: string;
  /** Measured CPU time for each of them. */
  readonly costMs?: number;
  /** Measured memory that each of them keeps. */
  readonly costBytes?: number;
  /** Same for the same code in the same place of the program, wherever its line moves to. */
  readonly fingerprint: string;
}

/** A file that is no JavaScript or TypeScript, or not of the kind that its parser takes. */
export interface UnreadableFile {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Findings {
  readonly reports: readonly Report[];
  readonly unreadable: readonly UnreadableFile[];
  /** Every file that was looked at, relative to where the command runs. */
  readonly files: readonly string[];
}
