import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { compose } from '../generators/compose/compose.js';
import { contentOf, temporaryFolder } from './support/folder.js';
import { packageFolder, run, type Ended } from './support/run.js';
import { defaults, selections } from './support/selections.js';

const MAX_PACKED_BYTES = 1_000_000;
const MAX_INSTALLED_BYTES = 5_000_000;

/** Ways to get at the modules that reach other machines. */
const NETWORK = /\b(from|import|require)\(?["'](node:)?(https?|http2|net|tls|dns|dgram)["']/;

let folder: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hcnode-pack-'));
  // As a release does it: from whatever lies in dist/, which packing must build anew.
  const packed = execFileSync('npm', ['pack', '--pack-destination', folder, '--silent'], { cwd: packageFolder, encoding: 'utf8' });
  tarball = join(folder, packed.trim().split('\n').at(-1) ?? '');
  execFileSync('tar', ['--extract', '--gzip', '--file', tarball, '--directory', folder]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `npm create hcnode` runs it, without a network and with nothing in the cache. */
async function npmExec(parameters: readonly string[], cwd: string): Promise<Ended> {
  const env = { npm_config_cache: join(folder, 'cache'), npm_config_registry: 'http://127.0.0.1:9/', npm_config_update_notifier: 'false', HOME: folder };
  return run('npm', ['exec', '--yes', '--offline', '--package', tarball, '--', 'create-hcnode', ...parameters], { cwd, env });
}

test('is small, and brings nothing else along', () => {
  expect(statSync(tarball).size).toBeLessThan(MAX_PACKED_BYTES);
  const sizes = Object.values(contentOf(join(folder, 'package'))).map(({ length }) => length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MAX_INSTALLED_BYTES);
  const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(Object.keys(manifest['scripts'] ?? {}).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
});

test('holds the bundle, the templates, and no tests or sources of ours', () => {
  const files = Object.keys(contentOf(join(folder, 'package')));
  const ours = files.filter((path) => !path.startsWith('templates/'));
  expect(ours.filter((path) => !/^(dist\/[\w-]+\.(js|txt)|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path))).toEqual([]);
  expect(files.filter((path) => path.startsWith('templates/') && !/^templates\/[\w-]+\/(files\/.+|readme\.md)$/.test(path))).toEqual([]);
  expect(ours).toContain('LICENSE');
});

test.each(Object.entries(selections))('composes the selection %s as the source does', async (_, project) => {
  const cwd = temporaryFolder();
  const { deploy, alerts, ...others } = project;
  const answers = JSON.stringify({ ...others, deploy: [...deploy], alerts: [...alerts] });
  const { exitCode } = await run(process.execPath, [join(folder, 'package/dist/create-hcnode.js'), 'made', '--answers', '-', '--no-install', '--no-git'], { cwd, input: answers });
  expect(exitCode).toBe(0);
  const { '.hcnode.json': state, '.hcnode/base.gz': base, ...files } = contentOf(join(cwd, 'made'));
  expect([state, base]).not.toContain(undefined);
  expect(files).toEqual(Object.fromEntries([...compose(project)].map(([path, text]) => [path, Buffer.from(text).toString('latin1')])));
});

test('works through npm, offline, into an empty folder', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stdout } = await npmExec(['my-service', '--yes', '--no-install', '--json'], cwd);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ answers: defaults });
  expect(existsSync(join(cwd, 'my-service/.gitignore'))).toBe(true);
});

/** The targets are 50 and 250 ms (`npm run bench:cli`). This is a guard for a busy machine: a library loaded by mistake costs more than that. */
test.each([
  ['--help', ['--help'], 300],
  ['a whole scaffold', ['made', '--yes', '--no-install', '--no-git'], 1000],
])('%s is quick', async (_, parameters, limitMs) => {
  const cwd = temporaryFolder();
  const cpuMs = async (command: readonly string[]): Promise<number> => {
    const { stderr } = await run('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" > /dev/null', process.execPath, ...command], { cwd });
    return 1000 * stderr.trim().split(' ').map(Number).reduce((sum, seconds) => sum + seconds);
  };
  const floorMs = await cpuMs(['-e', '0']);
  expect((await cpuMs([join(folder, 'package/dist/create-hcnode.js'), ...parameters])) - floorMs).toBeLessThan(limitMs);
});

test('passes its exit codes on through npm', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full'));
  mkdirSync(join(cwd, 'full/x'));
  expect((await npmExec(['full'], cwd)).exitCode).toBe(5);
  expect((await npmExec(['--prot'], cwd)).exitCode).toBe(2);
  expect(readdirSync(cwd)).toEqual(['full']);
});

test('asks nothing of the network and tells nobody anything', () => {
  const bundle = readdirSync(join(folder, 'package/dist'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, 'package/dist', name), 'utf8'));
  for (const text of bundle) expect(text.match(NETWORK)?.[0]).toBeUndefined();
});
