import { spawn } from 'node:child_process';

import type { Project } from '../../templates/project.js';

/** The package manager that runs us, by what it says of itself in `npm_config_user_agent`; npm when none does. */
export function detectPackageManager(userAgent: string | undefined): Project['packageManager'] {
  const name = /^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? '')?.[1];
  return name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : 'npm';
}

interface Where {
  readonly folder: string;
  /** Where its output goes: 1 for standard output, 2 for standard error. */
  readonly outputFd: 1 | 2;
  readonly interruption: AbortSignal;
}

/**
 * Runs `install` of the package manager. Never through a shell.
 * The outcome is undefined when it is done, else why it is not.
 */
export async function install(manager: Project['packageManager'], { folder, outputFd, interruption }: Where): Promise<string | undefined> {
  // Settings that npm passes down to what it runs (of workspaces, of flags) are about that run, not about this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config_(workspace|workspaces|global|prefix|local_prefix|dry_run|package|yes|call)|package_|lifecycle_)/.test(name)));
  return new Promise((resolve) => {
    const child = spawn(executable(manager), ['install'], { cwd: folder, env, stdio: ['ignore', outputFd, 2], signal: interruption, killSignal: 'SIGTERM' });
    child.once('error', (error) => resolve(interruption.aborted ? 'interrupted' : `${manager} cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `${manager} install ended with ${signal ?? `exit code ${code}`}`));
  });
}

/** On Windows a package manager is a script with an ending. */
const executable = (manager: string): string => (process.platform === 'win32' && manager !== 'bun' ? `${manager}.cmd` : manager);
