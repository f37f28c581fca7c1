import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

import { compose } from '../../../generators/compose/compose.js';
import type { Project } from '../../../templates/project.js';
import { defaults } from '../../support/selections.js';

const everything: Project = {
  ...defaults,
  name: 'shop',
  canary: 'deployment',
  alerts: ['email', 'slack', 'dingtalk', 'webhook'],
};

/** The longest that a DNS label can be; more than a user may choose. */
export const LONGEST_NAME = `s${'-very-long'.repeat(6)}-x`.slice(0, 63);

export const packageManagers = ['npm', 'pnpm', 'yarn', 'bun'] as const satisfies readonly Project['packageManager'][];

/** The files of a project with everything, but for what is said. */
export const composeWith = (answers: Partial<Project> = {}): Map<string, string> => compose({ ...everything, ...answers });

/** @throws when the project has no such file */
export function fileOf(answers: Partial<Project>, path: string): string {
  const text = composeWith(answers).get(path);
  if (text === undefined) throw new Error(`no ${path} was emitted`);
  return text;
}

/** Writes files to a temporary folder, which goes when the test ends. */
export function write(files: Iterable<readonly [path: string, text: string]>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-deploy-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
