import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { sha256 } from '../generators/state/base.js';
import { contentOf, temporaryFolder } from './support/folder.js';
import { bin, ended, run, runCreate, start, startCreate } from './support/run.js';

const quiet = ['--no-install', '--no-git'];
const NOBODY = 65_534;
/** A number that no process has: Linux gives at most 4194304. */
const NO_PROCESS = 4_194_305;

test.each([true, false])('never waits for answers where nobody can give them (standard input open: %s)', async (isInputOpen) => {
  const cwd = temporaryFolder();
  expect((await runCreate([], { cwd, isInputOpen })).exitCode).toBe(2);
  expect((await runCreate(['my-service', ...quiet], { cwd, isInputOpen })).exitCode).toBe(0);
});

test('works with standard input closed', async () => {
  const cwd = temporaryFolder();
  const { exitCode } = await run('bash', ['-c', `exec "$0" "$1" my-service --no-install --no-git <&-`, process.execPath, bin], { cwd });
  expect(exitCode).toBe(0);
});

test('a reader that closes standard output early does no harm', async () => {
  const cwd = temporaryFolder();
  const { exitCode } = await run('bash', ['-c', 'set -o pipefail; "$0" "$1" my-service --json --no-install --no-git | true', process.execPath, bin], { cwd });
  expect([0, 1]).toContain(exitCode);
  expect(existsSync(join(cwd, 'my-service/src/main.ts'))).toBe(true);
});

test('asks on a terminal, and takes the defaults for a bare Enter', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stdout } = await onTerminal([...quiet], { cwd, keys: ['\r', '\r', '\r', '\r', '\r', '\r'] });
  expect(stdout).toContain('Folder');
  expect(stdout).toContain('Who gets alerts?');
  expect(exitCode).toBe(0);
  await runCreate(['other', '--name', 'my-service', ...quiet], { cwd });
  expect(contentOf(join(cwd, 'my-service'))).toEqual(contentOf(join(cwd, 'other')));
});

test('asks only for what has no answer yet', async () => {
  const cwd = temporaryFolder();
  const { stdout } = await onTerminal(['x', '--name', 'x', '--deploy', 'none', '--alerts', 'none', '--proxy', 'none', ...quiet], { cwd, keys: ['\r'] });
  expect(stdout).not.toMatch(/Folder|Where will it run|Who gets alerts|Reverse proxy/);
  expect(stdout).toContain('Domain');
});

test('does not ask in CI, even on a terminal', async () => {
  const cwd = temporaryFolder();
  const { exitCode } = await onTerminal([...quiet], { cwd, keys: [], env: { CI: 'true' } });
  expect(exitCode).toBe(2);
});

test('Ctrl-C at a prompt leaves nothing', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stdout } = await onTerminal(['new-folder', ...quiet], { cwd, keys: ['\u0003'] });
  expect(stdout).toContain('nothing was written');
  expect(exitCode).toBe(130);
  expect(readdirSync(cwd)).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s while it writes leaves nothing, or all', async (signal) => {
  const cwd = temporaryFolder();
  const { exitCode } = await endInTheMiddle(['new-folder', ...quiet], cwd, signal);
  if (exitCode === 0) expect(existsSync(join(cwd, 'new-folder/tsconfig.json'))).toBe(true);
  else {
    expect(exitCode).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  }
});

test('SIGKILL while it writes leaves a stage at most, which the next run takes away', async () => {
  const cwd = temporaryFolder();
  await endInTheMiddle(['new-folder', ...quiet], cwd, 'SIGKILL');
  const left = readdirSync(cwd);
  if (left.includes('new-folder')) expect(existsSync(join(cwd, 'new-folder/tsconfig.json'))).toBe(true);
  else expect(left).toEqual([expect.stringMatching(/^\.create-hcnode-/)]);
  expect((await runCreate(['other', ...quiet], { cwd })).exitCode).toBe(0);
  expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('takes away stages that are surely ours, and no others', async () => {
  const cwd = temporaryFolder();
  const stage = (name: string, owner: object | undefined, entries: readonly string[] = ['tree']): void => {
    mkdirSync(join(cwd, name));
    for (const entry of entries) mkdirSync(join(cwd, name, entry));
    if (owner !== undefined) writeFileSync(join(cwd, name, 'owner.json'), JSON.stringify(owner));
  };
  const gone = { madeBy: 'create-hcnode', pid: NO_PROCESS, host: hostname() };
  stage('.create-hcnode-aaaaaa', gone);
  stage('.create-hcnode-bbbbbb', { ...gone, pid: process.pid });
  stage('.create-hcnode-cccccc', { ...gone, host: 'another-host' });
  stage('.create-hcnode-dddddd', { ...gone, madeBy: 'somebody else' });
  stage('.create-hcnode-eeeeee', gone, ['tree', 'precious']);
  stage('.create-hcnode-ffffff', undefined);
  stage('.create-hcnode-toolong', gone);
  stage('.create-hcnode-gggggg', undefined, []);
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(join(cwd, '.create-hcnode-gggggg'), longAgo, longAgo);
  mkdirSync(join(cwd, 'elsewhere'));
  symlinkSync('elsewhere', join(cwd, '.create-hcnode-hhhhhh'));

  await runCreate(['new-folder', ...quiet], { cwd });
  expect(readdirSync(cwd).filter((name) => name.startsWith('.')).map((name) => name.slice(-6))).toEqual(['bbbbbb', 'cccccc', 'dddddd', 'eeeeee', 'ffffff', 'hhhhhh', 'oolong']);
});

test('a kill while files are added is taken back by the next run, except for what has changed since', async () => {
  const cwd = temporaryFolder();
  const stage = join(cwd, 'full/.create-hcnode-aaaaaa');
  mkdirSync(join(stage, 'tree'), { recursive: true });
  mkdirSync(join(cwd, 'full/src'));
  for (const [path, text] of [['added.txt', 'ours'], ['src/edited.txt', 'theirs'], ['mine.txt', 'mine']] as const) writeFileSync(join(cwd, 'full', path), text);
  const files = ['added.txt', 'src/edited.txt', 'never-added.txt'].map((path) => ({ path, sha256: sha256('ours') }));
  writeFileSync(join(stage, 'adding.json'), JSON.stringify({ files, folders: ['src'] }));
  writeFileSync(join(stage, 'owner.json'), JSON.stringify({ madeBy: 'create-hcnode', pid: NO_PROCESS, host: hostname() }));

  expect((await runCreate(['full/.', '--name', 'x', '--force', ...quiet], { cwd })).exitCode).toBe(0);
  expect(existsSync(join(cwd, 'full/added.txt'))).toBe(false);
  expect(contentOf(join(cwd, 'full'))).toMatchObject({ 'src/edited.txt': 'theirs', 'mine.txt': 'mine' });
  expect(readdirSync(join(cwd, 'full')).filter((name) => name.startsWith('.create'))).toEqual([]);
});

test('a journal that leads out of the folder is not believed', async () => {
  const cwd = temporaryFolder();
  const stage = join(cwd, 'full/.create-hcnode-aaaaaa');
  mkdirSync(join(stage, 'tree'), { recursive: true });
  writeFileSync(join(cwd, 'precious'), 'ours');
  writeFileSync(join(stage, 'adding.json'), JSON.stringify({ files: [{ path: '../precious', sha256: sha256('ours') }, { path: 'x', sha256: '' }], folders: [] }));
  writeFileSync(join(stage, 'owner.json'), JSON.stringify({ madeBy: 'create-hcnode', pid: NO_PROCESS, host: hostname() }));
  await runCreate(['full', '--force', ...quiet], { cwd });
  expect(readFileSync(join(cwd, 'precious'), 'utf8')).toBe('ours');
});

test.each([
  ['a new folder', 'a/b/new-folder'],
  ['an empty folder', 'empty'],
  ['a folder with things in it', 'full'],
])('a full disk leaves %s as it was', async (_, target) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'empty'));
  mkdirSync(join(cwd, 'full'));
  writeFileSync(join(cwd, 'full/mine.txt'), 'mine');
  // Files of more than 8 KB fail, as they would on a disk with that much left.
  const { exitCode, stderr } = await run('bash', ['-c', 'ulimit -f 8; exec "$0" "$1" "$2" --name x --force --no-install --no-git', process.execPath, bin, target], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Nothing was written');
  expect(contentOf(cwd)).toEqual({ 'full/mine.txt': 'mine' });
  expect(readdirSync(cwd)).toEqual(['empty', 'full']);
});

test('a folder that may not be written to is told in one line', async () => {
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o555);
  const isRoot = process.getuid?.() === 0;
  const { exitCode, stderr } = await runCreate(['new-folder', ...quiet], { cwd, ...(isRoot ? { uid: NOBODY } : {}) });
  chmodSync(cwd, 0o755);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^create-hcnode: EACCES: permission denied.*\ncreate-hcnode: Nothing was written\.\n$/);
  expect(readdirSync(cwd)).toEqual([]);
});

test('goes into an empty folder whose parent may not be written to', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'mine'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync('chown', [String(NOBODY), join(cwd, 'mine')]);
  chmodSync(cwd, 0o555);
  const { exitCode, stderr } = await runCreate(['mine', ...quiet], { cwd, ...(isRoot ? { uid: NOBODY } : {}) });
  chmodSync(cwd, 0o755);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(existsSync(join(cwd, 'mine/src/main.ts'))).toBe(true);
});

test('Ctrl-C while packages are installed says what there is', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'tools'));
  writeFileSync(join(cwd, 'tools/npm'), '#!/bin/sh\ntouch "$TOUCH"\nexec sleep 30\n', { mode: 0o755 });
  const child = startCreate(['a', '--no-git'], { cwd, env: { PATH: `${join(cwd, 'tools')}:${process.env['PATH'] ?? ''}`, TOUCH: join(cwd, 'installing') } });
  const end = ended(child);
  while (!existsSync(join(cwd, 'installing'))) await sleep(20);
  child.kill('SIGINT');
  const { exitCode, stderr } = await end;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('the service is complete');
  expect(existsSync(join(cwd, 'a/src/main.ts'))).toBe(true);
});

/** Sends a signal as soon as the stage has files in it. */
async function endInTheMiddle(parameters: readonly string[], cwd: string, signal: NodeJS.Signals): Promise<{ exitCode: number | null }> {
  const child = startCreate(parameters, { cwd });
  const end = ended(child);
  while (child.exitCode === null) {
    const [stage] = readdirSync(cwd).filter((name) => name.startsWith('.create-hcnode-'));
    if (stage !== undefined && existsSync(join(cwd, stage, 'tree'))) break;
    // A turn of the loop, and no more: it writes for some 20 ms only.
    await sleep(0);
  }
  child.kill(signal);
  return end;
}

interface Terminal {
  readonly cwd: string;
  /** Typed one after the other, each when the output has come to rest. */
  readonly keys: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Long enough for a prompt to be shown by a busy machine. */
const AT_REST_MS = 700;

/** Runs our command on a terminal, made by script(1). */
async function onTerminal(parameters: readonly string[], { cwd, keys, env = {} }: Terminal): Promise<{ exitCode: number | null; stdout: string }> {
  if (spawnSync('script', ['--version']).error !== undefined) throw new Error('script(1) is missing: install bsdutils');
  const command = [process.execPath, bin, ...parameters].map((part) => `'${part}'`).join(' ');
  const child = start('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], { cwd, env: { TERM: 'xterm', ...env }, isInputOpen: true });
  const seen = { isAny: false, lastAtMs: Date.now() };
  child.stdout?.on('data', () => Object.assign(seen, { isAny: true, lastAtMs: Date.now() }));
  const end = ended(child);
  for (const key of keys) {
    while (child.exitCode === null && (!seen.isAny || Date.now() - seen.lastAtMs < AT_REST_MS)) await sleep(50);
    seen.lastAtMs = Date.now();
    child.stdin?.write(key);
  }
  return end;
}
