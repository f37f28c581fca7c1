import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { compose } from '../generators/compose/compose.js';
import { modeOf } from '../generators/state/mode.js';
import type { Project } from '../templates/project.js';
import { packageFolder, run, type Ended } from './support/run.js';
import { selections } from './support/selections.js';

/** Its own tests start, load and kill services. */
const EMITTED_TESTS_TIMEOUT_MS = 600_000;

/** Selections whose code is the same, file for file, need to be built once only: they differ in configuration, which has tests of its own. */
const distinct = new Map(Object.entries(selections).map(([name, project]) => [codeOf(project), [name, project] as const]));

describe.each([...distinct.values()])('the selection %s, as a user has it', (name, project) => {
  let folder: string;

  const npmRun = async (script: string): Promise<Ended> => run('npm', ['run', '--silent', script], { cwd: folder, timeoutMs: EMITTED_TESTS_TIMEOUT_MS });
  const isSound = ({ exitCode, stdout, stderr }: Ended): void => expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `hcnode-emitted-${name}-`));
    for (const [path, text] of compose(project)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { mode: Number.parseInt(modeOf(text), 8) });
    }
    // Installing is npm's affair; the versions are those of templates/package.json, which are installed here.
    symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('asks for versions that are installed here', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
      const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', dependency, 'package.json'), 'utf8')) as { version: string };
      expect(version.split('.')[0], dependency).toBe(range.replace(/^[~^]/, '').split('.')[0]);
    }
  });

  test('builds', async () => isSound(await npmRun('build')));
  test('type-checks, tests and all', async () => isSound(await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder, timeoutMs: EMITTED_TESTS_TIMEOUT_MS })));
  test('lints without a finding', async () => isSound(await npmRun('lint')));

  if (name === 'all') {
    test('passes its own tests', { timeout: EMITTED_TESTS_TIMEOUT_MS }, async () => {
      isSound(await npmRun('test'));
    });
  }
});

/** What compiler and linter read. */
function codeOf(project: Project): string {
  const isCode = (path: string): boolean => /\.[mc]?[jt]s$|^package\.json$|^tsconfig/.test(path);
  return JSON.stringify([...compose(project)].filter(([path]) => isCode(path)));
}
