import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { onTestFinished } from 'vitest';

/** An empty folder that goes when the test does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file below, with what is in it: equal before and after means untouched. */
export function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.sort().map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}
