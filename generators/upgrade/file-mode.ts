import type { Mode } from '../state/mode.js';

const EXECUTABLE = 0o111;

/** Permissions of a new file, before the user's umask. */
export const newFileMode = (mode: Mode): number => (mode === '755' ? 0o777 : 0o666);

/**
 * The permissions of a file after the upgrade: the user's, and who may execute it changes only where the template changed that.
 * @param mode the bits that the file has now
 */
export function mergedMode(mode: number, before: Mode, after: Mode): number {
  if (before === after || process.platform === 'win32') return mode;
  // Who may read it may run it, as chmod +x has it under a usual umask.
  return after === '755' ? mode | ((mode & 0o444) >> 2) : mode & ~EXECUTABLE;
}
