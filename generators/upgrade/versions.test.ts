import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from '../../test/support/folder.js';
import { madeUpRelease, replaceIn, upgradeTo, writeProjectOf } from '../../test/support/releases.js';
import { readText } from './file-text.js';
import { thisRelease } from './release.js';
import { undo } from './undo.js';

const numbered = (...numbers: readonly number[]): string => numbers.map((number) => `line ${number}\n\n`).join('');
const interruption = new AbortController().signal;
const undoIn = async (root: string, force = false): Promise<unknown> => undo({ root, force, interruption });
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

const changelog = '# Changelog\n\n## 1.2.0\n\n- third\n- **Breaking**: needs Node.js 22,\n  and says so\n\n## 1.1.0\n\n- second\n\n## 1.0.0\n\n- first\n';
const v1 = madeUpRelease('1.0.0', { 'a.ts': numbered(1, 2, 3, 4), 'b.ts': 'b\n', 'gone.ts': 'gone\n', 'old.ts': numbered(5, 6) });
const migration11 = { version: '1.1.0', renames: { 'old.ts': 'mid.ts' } };
const v2 = madeUpRelease('1.1.0', { 'a.ts': numbered(1, 22, 3, 4), 'b.ts': 'b\n', 'mid.ts': numbered(5, 66), 'gone.ts': 'gone 2\n' }, { migrations: [migration11], changelog });
const migration12 = {
  version: '1.2.0',
  renames: { 'mid.ts': 'new/last.ts' },
  deletions: { 'gone.ts': 'b.ts does it now' },
  answers: (recorded: ReadonlyMap<string, unknown>) => new Map([...recorded, ['workers', 2]]),
  notes: ['Run npm install.', 'Breaking: look at b.ts.'],
};
const v3 = madeUpRelease('1.2.0', ({ workers }) => ({ 'a.ts': numbered(1, 22, 3, 44), 'b.ts': `b ${workers}\n`, 'new/last.ts': numbered(5, 66, 7) }), { migrations: [migration11, migration12], changelog });

test.each([
  ['nobody edited', () => undefined],
  ['the user edited', (root: string) => { replaceIn(root, 'a.ts', 'line 3', 'mine 3'); replaceIn(root, 'old.ts', 'line 5', 'mine 5'); rmSync(join(root, 'b.ts')); }],
])('12: an upgrade that skips a version equals the chain, where %s', async (_, edit) => {
  const [chain, leap] = [temporaryFolder(), temporaryFolder()];
  for (const root of [chain, leap]) {
    writeProjectOf(root, v1);
    edit(root);
  }
  await upgradeTo(chain, v2);
  await upgradeTo(chain, v3);
  await upgradeTo(leap, v3);
  for (const root of [chain, leap]) rmSync(join(root, '.hcnode/undo'), { recursive: true });
  expect(contentOf(leap)).toEqual(contentOf(chain));
  expect(existsSync(join(leap, 'new/last.ts'))).toBe(true);
});

test('11: tells the notes of the versions between, breaking ones first', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v2);
  expect((await upgradeTo(root, v3, { mode: 'dry-run' })).notes).toEqual(['**Breaking**: needs Node.js 22, and says so', 'Breaking: look at b.ts.', 'third', 'Run npm install.']);
  writeProjectOf(root, v1);
  expect((await upgradeTo(root, v3, { mode: 'dry-run' })).notes).toContain('second');
  expect((await upgradeTo(root, v1)).notes).toEqual([]);
});

test('a migration changes recorded answers, and tells why an edited file is not needed', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v2);
  writeFileSync(join(root, 'gone.ts'), 'mine\n');
  const upgraded = await upgradeTo(root, v3);
  expect(upgraded.answers.workers).toBe(2);
  expect(upgraded.files).toContainEqual({ path: 'gone.ts', status: 'kept', reason: 'you have edited it; the new version does without it: b.ts does it now' });
  expect(read(root, 'b.ts')).toBe('b 2\n');
});

test('10: answers can be changed, and changed back', async () => {
  const release = madeUpRelease('1.0.0', ({ proxy, port }) => ({ 'src/port.ts': `${port}\n`, ...(proxy === 'nginx' ? { 'ops/nginx/nginx.conf': 'x\n' } : {}) }));
  const root = temporaryFolder();
  writeProjectOf(root, release);
  const before = contentOf(root);
  const changed = await upgradeTo(root, release, { given: new Map([['proxy', { raw: 'none', said: '--no-proxy' }], ['port', { raw: '4000', said: '--port' }]]) });
  expect(changed).toMatchObject({ changedAnswers: ['proxy: nginx -> none', 'port: 3000 -> 4000'], files: [{ path: 'src/port.ts', status: 'updated' }, { path: 'ops/nginx/nginx.conf', status: 'deleted' }] });
  await upgradeTo(root, release, { given: new Map([['proxy', { raw: 'nginx', said: '--proxy' }], ['port', { raw: '3000', said: '--port' }]]) });
  rmSync(join(root, '.hcnode/undo'), { recursive: true });
  expect(contentOf(root)).toEqual(before);
});

test('10: a new question takes its default, or is asked on a terminal', async () => {
  const release = madeUpRelease('1.1.0', ({ domain }) => ({ 'domain.txt': `${domain}\n` }));
  const projectWithout = (): string => {
    const root = temporaryFolder();
    writeProjectOf(root, madeUpRelease('1.0.0', { 'domain.txt': 'none\n' }));
    replaceIn(root, '.hcnode.json', '    "domain": "localhost",\n', '');
    return root;
  };
  expect((await upgradeTo(projectWithout(), release)).changedAnswers).toEqual(['domain: localhost (new)']);
  const asked: string[] = [];
  const root = projectWithout();
  await upgradeTo(root, release, { ask: async ({ key }) => { asked.push(key); return Promise.resolve('example.org'); } });
  expect(asked).toEqual(['domain']);
  expect(read(root, 'domain.txt')).toBe('example.org\n');
});

test('a file that is called like the service moves with its name, and with the user’s edits', async () => {
  const release = madeUpRelease('1.0.0', ({ name }) => ({ [`ops/systemd/${name}.service`]: `[Unit]\nDescription=${name}\n\n[Service]\nA=1\nB=1\n` }));
  const root = temporaryFolder();
  writeProjectOf(root, release);
  replaceIn(root, 'ops/systemd/my-service.service', 'B=1', 'B=2');
  const upgraded = await upgradeTo(root, release, { given: new Map([['name', { raw: 'other', said: '--name' }]]) });
  expect(upgraded.files).toEqual([{ path: 'ops/systemd/other.service', from: 'ops/systemd/my-service.service', status: 'renamed' }]);
  expect(read(root, 'ops/systemd/other.service')).toBe('[Unit]\nDescription=other\n\n[Service]\nA=1\nB=2\n');
});

test('a conflict that is not settled stops the next version, and not the same one', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v1);
  writeFileSync(join(root, 'a.ts'), numbered(1, 2222, 3, 4));
  expect((await upgradeTo(root, v2)).files).toContainEqual({ path: 'a.ts', status: 'conflict', reason: 'both changed the same place', sidecar: 'a.ts.hcnode-new' });
  expect((await upgradeTo(root, v2)).unsettled).toEqual(['a.ts.hcnode-new']);
  await expect(upgradeTo(root, v3)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('a.ts.hcnode-new') as unknown });
  rmSync(join(root, 'a.ts.hcnode-new'));
  expect((await upgradeTo(root, v3)).unsettled).toEqual([]);
  expect(read(root, 'a.ts')).toContain('line 2222\n');
});

test('6: in git a dirty tree is refused, unless it is forced or nothing would change; elsewhere there is none', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v1);
  const git = (...parameters: string[]): string => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...parameters], { cwd: root, encoding: 'utf8' });
  git('init', '--quiet');
  await expect(upgradeTo(root, v2)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('not committed: "a.ts"') as unknown });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'squashed');
  writeFileSync(join(root, 'untracked.txt'), 'mine');
  replaceIn(root, 'b.ts', 'b', 'c');
  await expect(upgradeTo(root, v2)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('"b.ts"') as unknown });
  expect(await upgradeTo(root, v1)).toMatchObject({ hasChanges: false });
  expect(await upgradeTo(root, v2, { mode: 'dry-run' })).toMatchObject({ hasChanges: true });
  git('commit', '--quiet', '--all', '--message', 'edit');
  expect(await upgradeTo(root, v2)).toMatchObject({ hasChanges: true });
  expect(git('status', '--porcelain', '--untracked-files=all')).not.toContain('undo');
  expect(await upgradeTo(root, v3, { force: true })).toMatchObject({ hasChanges: true });
});

test('15: undo brings back what was before, and undone again what was after', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v1);
  replaceIn(root, 'a.ts', 'line 3', 'mine 3');
  const before = contentOf(root);
  await upgradeTo(root, v3);
  const after = contentOf(root);
  const withoutUndo = (files: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.hcnode/undo/')));
  await undoIn(root);
  expect(withoutUndo(contentOf(root))).toEqual(before);
  await undoIn(root);
  expect(withoutUndo(contentOf(root))).toEqual(withoutUndo(after));
});

test('15: undo loses no edit that came after the upgrade', async () => {
  const root = temporaryFolder();
  writeProjectOf(root, v1);
  await expect(undoIn(root)).rejects.toMatchObject({ reason: 'refused' });
  await upgradeTo(root, v2);
  replaceIn(root, 'a.ts', 'line 3', 'mine 3');
  await expect(undoIn(root)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('a.ts') as unknown });
  expect(await undoIn(root, true)).toMatchObject({ kept: ['a.ts'] });
  expect(read(root, 'a.ts')).toContain('mine 3');
  expect(existsSync(join(root, 'old.ts'))).toBe(true);
});

test('what is no text is told from what is', () => {
  expect(readText(Buffer.from([1, 0, 2]))).toBeUndefined();
  expect(readText(Buffer.from([0xff, 0xfe, 0x41]))).toBeUndefined();
  expect(readText(Buffer.from('a\r\nb\n'))?.text).toBe('a\r\nb\n');
  expect(readText(Buffer.from('a\r\nb\r\n'))?.encode('c\nd\n').toString()).toBe('c\r\nd\r\n');
});

test('no two files of this version have the same id', () => {
  const { migrations, changelog: text, version } = thisRelease();
  expect(migrations.map((migration) => migration.version)).toEqual([...new Set(migrations.map((migration) => migration.version))]);
  expect(text).toContain(`## ${version}`);
});
