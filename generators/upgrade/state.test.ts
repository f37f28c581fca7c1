import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from '../../test/support/folder.js';
import { madeUpRelease, replaceIn, upgradeTo, writeProjectOf } from '../../test/support/releases.js';
import { selections } from '../../test/support/selections.js';
import { compose } from '../compose/compose.js';
import { canonicalBase, sha256 } from '../state/base.js';
import { compareVersions } from './compare-versions.js';
import { detectAnswers } from './detect-answers.js';

const first = madeUpRelease('1.0.0', ({ name, port }) => ({ 'package.json': `{ "name": "${name}" }\n`, 'src/a.ts': `one\ntwo\nport ${port}\nfour\nfive\n`, 'src/b.ts': 'b\n' }));
const second = madeUpRelease('1.1.0', ({ name, port }) => ({ 'package.json': `{ "name": "${name}" }\n`, 'src/a.ts': `one\ntwo\nport ${port}\nfour\nFIVE\n`, 'src/b.ts': 'B\n' }));

function project(): string {
  const root = temporaryFolder();
  writeProjectOf(root, first);
  return root;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
const write = (root: string, path: string, text: string | Buffer): void => writeFileSync(join(root, path), text);
const editState = (root: string, edit: (state: Record<string, unknown>) => object): void => write(root, '.hcnode.json', JSON.stringify(edit(JSON.parse(read(root, '.hcnode.json')) as Record<string, unknown>)));

test.each<[string, (root: string) => void, string]>([
  ['a folder that was not made by create-hcnode', (root) => { rmSync(join(root, '.hcnode.json')); rmSync(join(root, '.hcnode'), { recursive: true }); }, 'has no .hcnode.json'],
  ['a damaged state with a damaged base', (root) => { write(root, '.hcnode.json', '{"schema": 1,'); write(root, '.hcnode/base.gz', 'x'); }, 'damaged'],
  ['a downgrade', (root) => editState(root, (state) => ({ ...state, version: '1.2.0' })), 'no way back'],
  ['a downgrade to a preview', (root) => editState(root, (state) => ({ ...state, version: '1.1.1-rc.1' })), 'no way back'],
  ['a schema of a later version', (root) => editState(root, (state) => ({ ...state, schema: 2, files: 7 })), 'a later version'],
  ['an answer that will not do', (root) => editState(root, (state) => ({ ...state, answers: { ...(state['answers'] as object), port: '80a' } })), '"port" in .hcnode.json must be an integer'],
  ['a state that is a symbolic link', (root) => { rmSync(join(root, '.hcnode.json')); symlinkSync('/etc/passwd', join(root, '.hcnode.json')); }, 'is a symbolic link'],
  ['a state of many megabytes', (root) => write(root, '.hcnode.json', ' '.repeat(9_000_000)), 'MB'],
])('refuses %s, and changes nothing', async (_, damage, message) => {
  const root = project();
  damage(root);
  const before = contentOf(root);
  await expect(upgradeTo(root, second)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining(message) as unknown });
  expect(contentOf(root)).toEqual(before);
});

test.each(['../../etc/passwd', '/etc/passwd', 'a/../../x', 'C:/x', '..\\x', '.git/hooks/pre-commit', 'a/.GIT/config', '.git./config', 'node_modules/x/index.js', 'a//b', './a', 'x\n', 'a\u0000', '', 'x'.repeat(2000)])(
  'believes no path such as %j, in the state or in the base',
  async (path) => {
    const hostile = { id: 'x', path, mode: '644', sha256: sha256('x'), owner: 'managed' };
    const inState = project();
    editState(inState, (state) => ({ ...state, files: [hostile] }));
    const inEjected = project();
    editState(inEjected, (state) => ({ ...state, ejected: [path] }));
    const inBase = project();
    write(inBase, '.hcnode/base.gz', gzipSync(JSON.stringify([[path, 'x']])));
    for (const root of [inState, inEjected, inBase]) {
      const before = contentOf(root);
      await expect(upgradeTo(root, second)).rejects.toMatchObject({ reason: 'refused', message: expect.stringContaining('names the path') as unknown });
      expect(contentOf(root)).toEqual(before);
    }
  },
);

test('a base that unpacks to gigabytes is not unpacked', async () => {
  const root = project();
  write(root, '.hcnode/base.gz', gzipSync(Buffer.alloc(60_000_000)));
  expect((await upgradeTo(root, second)).warnings.join()).toContain('.hcnode/base.gz is missing or does not belong');
});

test('keys of every object’s prototype are keys like others', async () => {
  const root = project();
  const text = read(root, '.hcnode.json').replace('"answers": {', '"answers": {"__proto__": {"port": 1}, "constructor": 1,');
  write(root, '.hcnode.json', text);
  const upgraded = await upgradeTo(root, second);
  expect(upgraded.warnings).toEqual(['this version has no question "__proto__"; its answer in .hcnode.json is dropped', 'this version has no question "constructor"; its answer in .hcnode.json is dropped']);
  expect(upgraded.answers.port).toBe(3000);
});

test('a lost base: what nobody edited is known by its hash, the rest lies beside', async () => {
  const root = project();
  rmSync(join(root, '.hcnode/base.gz'));
  replaceIn(root, 'src/a.ts', 'one', 'ONE');
  const upgraded = await upgradeTo(root, second);
  expect(upgraded.files).toEqual([
    { path: 'src/a.ts', status: 'conflict', reason: 'you have edited it, and what it was made from is lost', sidecar: 'src/a.ts.hcnode-new' },
    { path: 'src/b.ts', status: 'updated' },
  ]);
  expect(upgraded.warnings.join()).toContain('known by their hashes');
  expect(read(root, 'src/a.ts')).toContain('ONE');
});

test('a lost base of this very version is made anew', async () => {
  const root = project();
  rmSync(join(root, '.hcnode'), { recursive: true });
  replaceIn(root, 'src/a.ts', 'one', 'ONE');
  const upgraded = await upgradeTo(root, first);
  expect(upgraded).toMatchObject({ files: [], hasChanges: true });
  expect(upgraded.warnings.join()).toContain('made anew');
  expect((await upgradeTo(root, second)).files.map(({ status }) => status)).toEqual(['merged', 'updated']);
});

test.each([
  ['is missing', (root: string) => rmSync(join(root, '.hcnode.json'))],
  ['is damaged', (root: string) => write(root, '.hcnode.json', read(root, '.hcnode.json').slice(0, 300))],
])('a state that %s is made good from the base, and said so', async (what, damage) => {
  const root = project();
  damage(root);
  replaceIn(root, 'src/a.ts', 'one', 'ONE');
  const upgraded = await upgradeTo(root, second);
  expect(upgraded.warnings[0]).toContain(what);
  expect(upgraded.from).toBeNull();
  expect(upgraded.files.map(({ path, status }) => `${status} ${path}`)).toEqual(['merged src/a.ts', 'updated src/b.ts']);
  expect(JSON.parse(read(root, '.hcnode.json'))).toMatchObject({ version: '1.1.0', answers: { name: 'my-service' } });
});

test.each(['\n', '\r\n'])('of a state with conflict markers the side that the base belongs to is taken (line ends %j)', async (lineEnd) => {
  const root = project();
  const ours = read(root, '.hcnode.json');
  const theirs = ours.replace('1.0.0', '1.0.5').replace(/"base": "[0-9a-f]{8}/, '"base": "00000000');
  const split = (text: string): [string, string] => [text.slice(0, text.indexOf('  "version"')), text.slice(text.indexOf('  "version"'))];
  write(root, '.hcnode.json', `${split(ours)[0]}<<<<<<< HEAD\n${split(theirs)[1]}=======\n${split(ours)[1]}>>>>>>> branch\n`.replaceAll('\n', lineEnd));
  const upgraded = await upgradeTo(root, second);
  expect(upgraded.from).toBe('1.0.0');
  expect(upgraded.warnings[0]).toContain('conflict markers');
  expect(upgraded.files.map(({ status }) => status)).toEqual(['updated', 'updated']);
});

test.each(Object.entries(selections))('the answers of the selection %s can be read off its files', (_, answers) => {
  for (const [key, value] of detectAnswers(compose(answers))) expect({ [key]: value }).toEqual({ [key]: answers[key as keyof typeof answers] });
});

test('a folder above that is a project is named', async () => {
  const root = project();
  mkdirSync(join(root, 'src/deep'));
  await expect(upgradeTo(join(root, 'src/deep'), second)).rejects.toThrow(`There is one in ${root}`);
});

test('versions have the order of semver', () => {
  const ordered = ['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0'];
  for (const [index, version] of ordered.entries()) {
    expect(compareVersions(version, version)).toBe(0);
    for (const later of ordered.slice(index + 1)) expect([compareVersions(version, later) < 0, compareVersions(later, version) > 0], `${version} ${later}`).toEqual([true, true]);
  }
});

test('the base that is written is the one whose hash stands in the state', async () => {
  const root = project();
  await upgradeTo(root, second);
  const state = JSON.parse(read(root, '.hcnode.json')) as { base: string; answers: never };
  expect(state.base).toBe(sha256(canonicalBase(second.compose(state.answers))));
});
