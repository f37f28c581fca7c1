import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];

/** A group of tests that need a program. Without it they are left out, loudly; with CI set that is a failure. */
export function describeWith(program: string, title: string, tests: () => void): void {
  if (isInstalled(program)) {
    describe(title, tests);
    return;
  }
  const complaint = `NOT TESTED: ${title}: ${program} is not installed`;
  console.error(complaint);
  if (process.env['CI']) test(title, () => { throw new Error(complaint); });
  else describe.skip(complaint, tests);
}

function isInstalled(program: string): boolean {
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder
    }
  });
}
