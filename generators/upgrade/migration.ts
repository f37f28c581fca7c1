/** What a version asks of projects of earlier ones, beyond what its templates say. */
export interface Migration {
  /** The version that brings it. */
  readonly version: string;
  /** Files that have another place now, old path to new: the user's edits move with them. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Why files are gone, by path: told to whoever has edited one. Those that nobody edited go by themselves. */
  readonly deletions?: Readonly<Record<string, string>>;
  /** Recorded answers, which may have other names or values now. */
  readonly answers?: (recorded: ReadonlyMap<string, unknown>) => ReadonlyMap<string, unknown>;
  /** Told after the upgrade, beside the lines of the changelog. */
  readonly notes?: readonly string[];
}
