import type { Project } from '../project.js';

interface InImage {
  /** Major version to install; undefined where Node.js' own image and CI machines bring the right one. */
  readonly version: string | undefined;
  /** Where it keeps downloads when root runs it. */
  readonly cache: string;
  /** Files beside package.json and the lock file that change what an install does. */
  readonly configuration: readonly string[];
}

/** What a machine that has only Node.js must know about a package manager. */
export const inImage: Readonly<Record<Project['packageManager'], InImage>> = {
  npm: { version: undefined, cache: '/root/.npm', configuration: [] },
  pnpm: { version: '12', cache: '/root/.local/share/pnpm/store', configuration: ['pnpm-workspace.yaml'] },
  yarn: { version: undefined, cache: '/usr/local/share/.cache/yarn', configuration: [] },
  bun: { version: '1', cache: '/root/.bun/install/cache', configuration: [] },
};
