import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compose } from '../../../generators/compose/compose.js';
import { defaults } from '../../support/selections.js';

/** What the emitted service depends on is installed here: templates/ is a workspace. */
export const NODE_MODULES = resolve(import.meta.dirname, '../../../node_modules');

/** Writes the service with nothing around it into an empty folder, and builds it with its chaos build. */
export function emitService(folder: string): void {
  const files = compose({ ...defaults, name: 'chaos', deploy: [], proxy: 'none', alerts: [] });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  for (const script of ['build', 'build:chaos']) execFileSync('npm', ['run', '--silent', script], { cwd: folder, stdio: ['ignore', 2, 'inherit'] });
}
