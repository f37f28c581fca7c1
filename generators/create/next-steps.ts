import { isAbsolute, relative } from 'node:path';

import { packageManagers } from '../../templates/package-manager.js';
import type { Project } from '../../templates/project.js';

/** Three lines, each of which works when pasted into the shell that ran us. */
export function nextSteps(target: string, { packageManager }: Project, { isInstalled }: { readonly isInstalled: boolean }): readonly string[] {
  const { install, run } = packageManagers[packageManager];
  const below = relative(process.cwd(), target);
  // A way up through many folders is longer and harder to read than the whole path.
  const path = below.startsWith('..') || isAbsolute(below) ? target : below;
  if (path === '') return isInstalled ? [`${run} test`, `${run} build`, `${run} start`] : [install, `${run} build`, `${run} start`];
  // Not enough room to install and build; in development the service needs no build.
  return [`cd ${quoted(path)}`, ...(isInstalled ? [`${run} build`, `${run} start`] : [install, `${run} dev`])];
}

/** For a POSIX shell in single quotes, for the Windows ones in double quotes; a leading hyphen would be an option. */
function quoted(path: string): string {
  const safe = path.startsWith('-') && !isAbsolute(path) ? `./${path}` : path;
  if (/^[\w./@+-]+$/.test(safe)) return safe;
  return process.platform === 'win32' ? `"${safe}"` : `'${safe.replaceAll("'", `'\\''`)}'`;
}
