import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { emit } from '../../generators/state/emit.js';
import type { Release } from '../../generators/upgrade/release.js';
import { upgrade, type Upgraded, type UpgradeOptions } from '../../generators/upgrade/upgrade.js';
import type { Project } from '../../templates/project.js';
import { defaults } from './selections.js';

export type Files = Readonly<Record<string, string>>;

/** A version of templates that never was. What its files hold may depend on the answers. */
export function madeUpRelease(version: string, files: Files | ((project: Project) => Files), others: Partial<Pick<Release, 'migrations' | 'changelog'>> = {}): Release {
  const filesOf = typeof files === 'function' ? files : () => files;
  return { version, migrations: [], changelog: '', ...others, compose: (project) => new Map(Object.entries(filesOf(project)).toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Writes a project as this release creates it. */
export function writeProjectOf(root: string, release: Release, answers: Partial<Project> = {}): void {
  const project = { ...defaults, ...answers };
  const emission = emit({ project, version: release.version, composed: release.compose(project), ejected: [], renames: release.migrations });
  for (const [path, { bytes, mode }] of emission) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
    chmodSync(join(root, path), Number.parseInt(mode, 8));
  }
}

export const upgradeTo = async (root: string, release: Release, others: Partial<UpgradeOptions> = {}): Promise<Upgraded> =>
  upgrade({ root, release, given: new Map(), ask: undefined, mode: 'write', force: false, verify: false, interruption: new AbortController().signal, progress: () => undefined, ...others });

/** The first text that stands for the second in a file. */
export function replaceIn(root: string, path: string, before: string, after: string): void {
  const text = readFileSync(join(root, path), 'utf8');
  if (!text.includes(before)) throw new Error(`${path} does not hold ${before}`);
  writeFileSync(join(root, path), text.replace(before, after));
}
