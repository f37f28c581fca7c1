import type { Project } from './project.js';

interface Commands {
  /** Installs, and writes the lock file. */
  readonly install: string;
  /** Installs exactly what the lock file says. */
  readonly installLocked: string;
  /** As above, without what only building and testing need. */
  readonly installForProduction: string;
  /** What stands before the name of a script. */
  readonly run: string;
  readonly lockFile: string;
}

/** How each package manager says the same thing. Whatever we emit or print takes its commands from here. */
export const packageManagers: Readonly<Record<Project['packageManager'], Commands>> = {
  npm: {
    install: 'npm install',
    installLocked: 'npm ci',
    installForProduction: 'npm ci --omit=dev',
    run: 'npm run',
    lockFile: 'package-lock.json',
  },
  pnpm: {
    install: 'pnpm install',
    installLocked: 'pnpm install --frozen-lockfile',
    installForProduction: 'pnpm install --frozen-lockfile --prod',
    run: 'pnpm run',
    lockFile: 'pnpm-lock.yaml',
  },
  yarn: {
    install: 'yarn install',
    installLocked: 'yarn install --frozen-lockfile',
    installForProduction: 'yarn install --frozen-lockfile --production',
    run: 'yarn run',
    lockFile: 'yarn.lock',
  },
  bun: {
    install: 'bun install',
    installLocked: 'bun install --frozen-lockfile',
    installForProduction: 'bun install --frozen-lockfile --production',
    run: 'bun run',
    lockFile: 'bun.lock',
  },
};

/** Puts the user's package manager into text that we write for npm: scripts, and commands in Markdown. */
export function inPackageManager(text: string, manager: Project['packageManager']): string {
  if (manager === 'npm') return text;
  const { install, installLocked, run } = packageManagers[manager];
  return text
    .replaceAll(/\bnpm run\b/g, run)
    .replaceAll(/\bnpm (test|start)\b/g, `${run} $1`)
    .replaceAll(/\bnpm ci\b/g, installLocked)
    .replaceAll(/\bnpm install\b/g, install);
}
