import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from '../../test/support/folder.js';
import { madeUpRelease, replaceIn, upgradeTo, writeProjectOf } from '../../test/support/releases.js';
import { sha256 } from '../state/base.js';
import { undo } from './undo.js';

const texts = (version: number): Record<string, string> => Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/${index}.ts`, `one\n\nversion ${version}\n`]));
const v1 = madeUpRelease('1.0.0', { ...texts(1), 'gone/deep/gone.ts': 'gone\n' });
const v2 = madeUpRelease('1.1.0', { ...texts(2), 'new/deep/new.ts': 'new\n' });
/** A number that no process has: Linux gives at most 4194304. */
const NO_PROCESS = 4_194_305;

function project(): string {
  const root = temporaryFolder();
  writeProjectOf(root, v1);
  replaceIn(root, 'src/3.ts', 'one', 'mine');
  return root;
}

/** Told before each step, it stops the upgrade in its middle in some way. */
const at = (wanted: string, act: () => void) => (step: string): void => {
  if (step === wanted) act();
};

test.each(['Writing 1 of 12', 'Writing 5 of 12', 'Writing 12 of 12'])('7: a failure at "%s" leaves everything as it was', async (step) => {
  const root = project();
  const before = contentOf(root);
  const fails = at(step, () => {
    throw new Error('injected');
  });
  await expect(upgradeTo(root, v2, { progress: fails })).rejects.toThrow('injected');
  expect(contentOf(root)).toEqual(before);
  expect(readdirSync(root).sort()).toEqual(['.hcnode', '.hcnode.json', 'gone', 'src']);
  expect(await upgradeTo(root, v2)).toMatchObject({ hasChanges: true });
});

test('7: an interruption leaves everything as it was', async () => {
  const root = project();
  const before = contentOf(root);
  const controller = new AbortController();
  await expect(upgradeTo(root, v2, { interruption: controller.signal, progress: at('Writing 6 of 12', () => controller.abort()) })).rejects.toThrow();
  expect(contentOf(root)).toEqual(before);
});

/** Runs an upgrade in a process of its own, which kills itself before a step. */
function killedAt(root: string, step: string): void {
  const support = new URL('../../test/support/releases.ts', import.meta.url).href;
  const script = `
    const { madeUpRelease, upgradeTo } = await import(${JSON.stringify(support)});
    const v2 = madeUpRelease('1.1.0', ${JSON.stringify({ ...texts(2), 'new/deep/new.ts': 'new\n' })});
    await upgradeTo(${JSON.stringify(root)}, v2, { progress: (step) => { if (step === ${JSON.stringify(step)}) process.kill(process.pid, 'SIGKILL'); } });`;
  const { signal, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
}

test.each(['Writing 1 of 12', 'Writing 7 of 12', 'Writing 12 of 12'])('15: an upgrade that was killed at "%s" is taken back by the next run, or by undo', async (step) => {
  const root = project();
  const before = contentOf(root);
  killedAt(root, step);
  expect(existsSync(join(root, '.hcnode/upgrading'))).toBe(true);
  await expect(upgradeTo(root, v2, { mode: 'check' })).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('was killed here') as unknown });
  expect(await undo({ root, force: false, interruption: new AbortController().signal })).toMatchObject({ from: 'an upgrade that was killed' });
  expect(contentOf(root)).toEqual(before);

  killedAt(root, step);
  const upgraded = await upgradeTo(root, v2);
  expect(upgraded.warnings[0]).toBe('an earlier upgrade was killed; what it had done was taken back');
  expect(readFileSync(join(root, 'src/3.ts'), 'utf8')).toBe('mine\n\nversion 2\n');
  expect(existsSync(join(root, 'gone'))).toBe(false);
  expect(await upgradeTo(root, v2)).toMatchObject({ hasChanges: false });
});

test('1, 15: what somebody has edited after a kill stays as it is', async () => {
  const root = project();
  killedAt(root, 'Writing 12 of 12');
  writeFileSync(join(root, 'src/0.ts'), 'edited since\n');
  const upgraded = await upgradeTo(root, v2);
  expect(upgraded.warnings).toContain('src/0.ts has changed since, and stays as it is');
  expect(readFileSync(join(root, 'src/0.ts'), 'utf8')).toContain('edited since\n');
});

test('an upgrade that runs is not disturbed', async () => {
  const root = project();
  mkdirSync(join(root, '.hcnode/upgrading'));
  writeFileSync(join(root, '.hcnode/upgrading/owner.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
  await expect(upgradeTo(root, v2)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('another upgrade is running') as unknown });
  writeFileSync(join(root, '.hcnode/upgrading/owner.json'), JSON.stringify({ pid: NO_PROCESS, host: hostname() }));
  expect(await upgradeTo(root, v2)).toMatchObject({ hasChanges: true });
});

test.each([
  ['a path that leads out', (root: string) => ({ path: `../${root.split('/').at(-1) ?? ''}-victim`, before: null, after: sha256('precious') })],
  ['an absolute path', (root: string) => ({ path: `${root}-victim`, before: null, after: sha256('precious') })],
  ['a path through a symbolic link', (root: string) => {
    symlinkSync('..', join(root, 'out'));
    return { path: `out/${root.split('/').at(-1) ?? ''}-victim`, before: null, after: sha256('precious') };
  }],
])('a journal that somebody else has written does no harm by %s', async (_, entry) => {
  const root = project();
  const victim = `${root}-victim`;
  writeFileSync(victim, 'precious');
  const journal = JSON.stringify({ from: '1', to: '2', entries: [entry(root)] });
  for (const folder of ['upgrading', 'undo']) {
    mkdirSync(join(root, '.hcnode', folder, 'old'), { recursive: true });
    writeFileSync(join(root, '.hcnode', folder, 'journal.json'), journal);
  }
  await undo({ root, force: true, interruption: new AbortController().signal }).catch(() => undefined);
  await undo({ root, force: true, interruption: new AbortController().signal }).catch(() => undefined);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  rmSync(victim);
});

test('a .hcnode that leads elsewhere is refused', async () => {
  const root = project();
  const elsewhere = temporaryFolder();
  rmSync(join(root, '.hcnode'), { recursive: true });
  symlinkSync(elsewhere, join(root, '.hcnode'));
  await expect(upgradeTo(root, v2)).rejects.toMatchObject({ reason: 'refused' });
  expect(readdirSync(elsewhere)).toEqual([]);
});
