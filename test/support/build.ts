import { execFileSync } from 'node:child_process';

import { packageFolder } from './run.js';

/** The tests drive the bundle, as users do. */
export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: packageFolder, stdio: 'inherit' });
}
