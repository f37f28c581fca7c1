import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from '../../test/support/folder.js';
import { madeUpRelease, replaceIn, upgradeTo, writeProjectOf, type Files } from '../../test/support/releases.js';
import type { Migration } from './migration.js';
import { undo } from './undo.js';

const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');

const v1 = {
  'Dockerfile': lines('FROM node:20', 'WORKDIR /app', 'COPY . .', 'USER node', 'CMD ["node", "dist/main.js"]'),
  'README.md': lines('# service', '', 'Old words.', '', '## Run', '', 'npm start'),
  'ops/nginx/nginx.conf': lines('events {}', 'http {', '  listen 80;', '  gzip on;', '  keepalive 16;', '}'),
  'ops/prometheus/alerts.yml': lines('groups:', '  - name: hc', '    rules: []', '    limit: 1'),
  'package.json': `${JSON.stringify({ name: 'my-service', scripts: { start: 'node dist/main.js' }, dependencies: { fastify: '^5.0.0', pino: '^9.0.0' } }, null, 2)}\n`,
  'scripts/deploy.sh': lines('#!/bin/sh', 'set -eu', 'echo one', 'echo two', 'echo three'),
  'src/app/app.ts': lines('export const app = 1;'),
  'src/main.ts': lines('import a from "a";', '', 'const port = 1;', '', 'const host = 2;', '', 'start(port, host);'),
  'tsconfig.json': `${JSON.stringify({ compilerOptions: { target: 'es2022', strict: true } }, null, 2)}\n`,
} as const satisfies Files;

interface Scenario {
  readonly title: string;
  /** What the user did after the project was made. */
  readonly edit?: (root: string) => void;
  /** What the new version has other than the first. Undefined: it has no such file. */
  readonly next: Readonly<Record<string, string | undefined>>;
  readonly migration?: Omit<Migration, 'version'>;
  /** Status by path, of all files that are told of. */
  readonly tells: Readonly<Record<string, string>>;
  readonly then: (root: string) => void;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
const write = (path: string, text: string | Buffer) => (root: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const removeFile = (path: string) => (root: string): void => rmSync(join(root, path));
const replace = (path: string, before: string, after: string) => (root: string): void => replaceIn(root, path, before, after);
const holds = (path: string, ...parts: readonly string[]) => (root: string): void => {
  for (const part of parts) expect(read(root, path)).toContain(part);
};
const isGone = (path: string) => (root: string): void => expect(existsSync(join(root, path))).toBe(false);
const all = (...checks: readonly ((root: string) => void)[]) => (root: string): void => {
  for (const check of checks) check(root);
};
const is = (path: string, text: string) => (root: string): void => expect(read(root, path)).toBe(text);
/** Without what is kept for `undo`. */
const projectIn = (root: string): Files => Object.fromEntries(Object.entries(contentOf(root)).filter(([path]) => !path.startsWith('.hcnode/undo/')));
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

const newMain = v1['src/main.ts'].replace('const host = 2;', 'const host = 3;');
const newNginx = v1['ops/nginx/nginx.conf'].replace('keepalive 16', 'keepalive 64');
const newReadme = v1['README.md'].replace('Old words.', 'New words.');

const scenarios: readonly Scenario[] = [
  { title: '1: merges edits of both in different places', edit: replace('src/main.ts', 'port = 1', 'port = 80'), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'merged' }, then: holds('src/main.ts', 'port = 80', 'host = 3') },
  { title: '1, 9: marks edits of both in one place, as git does', edit: replace('src/main.ts', 'host = 2', 'host = 9'), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'conflict' }, then: holds('src/main.ts', '<<<<<<< yours\nconst host = 9;\n=======\nconst host = 3;\n>>>>>>> hcnode 1.1.0\n') },
  { title: '1: leaves alone what the user made binary', edit: write('README.md', Buffer.from([0x89, 0, 1, 2])), next: { 'README.md': newReadme }, tells: { 'README.md': 'conflict' }, then: (root) => expect([...readFileSync(join(root, 'README.md'))]).toEqual([0x89, 0, 1, 2]) },
  { title: '1: leaves alone what is no UTF-8', edit: write('README.md', Buffer.from('caf\u00e9 Old words.\n', 'latin1')), next: { 'README.md': newReadme }, tells: { 'README.md': 'conflict' }, then: (root) => expect(readFileSync(join(root, 'README.md'), 'latin1')).toBe('caf\u00e9 Old words.\n') },
  { title: '1: the same edit on both sides is no conflict', edit: write('src/main.ts', newMain), next: { 'src/main.ts': newMain }, tells: {}, then: is('src/main.ts', newMain) },
  { title: '2: updates what nobody touched', next: { 'ops/nginx/nginx.conf': newNginx }, tells: { 'ops/nginx/nginx.conf': 'updated' }, then: is('ops/nginx/nginx.conf', newNginx) },
  { title: '2: deletes what nobody touched, with folders that are empty then', next: { 'ops/nginx/nginx.conf': undefined }, tells: { 'ops/nginx/nginx.conf': 'deleted' }, then: all(isGone('ops/nginx'), holds('ops/prometheus/alerts.yml', 'hc')) },
  { title: '2: leaves a folder in which the user has something', edit: write('ops/nginx/mine.conf', 'mine'), next: { 'ops/nginx/nginx.conf': undefined }, tells: { 'ops/nginx/nginx.conf': 'deleted' }, then: is('ops/nginx/mine.conf', 'mine') },
  { title: '2: creates what is new, in folders that are new', next: { 'docs/deep/new.md': 'new\n' }, tells: { 'docs/deep/new.md': 'created' }, then: is('docs/deep/new.md', 'new\n') },
  { title: '2: moves what nobody touched', next: { 'ops/nginx/nginx.conf': undefined, 'deploy/nginx.conf': newNginx }, migration: { renames: { 'ops/nginx/nginx.conf': 'deploy/nginx.conf' } }, tells: { 'deploy/nginx.conf': 'renamed' }, then: all(isGone('ops/nginx'), is('deploy/nginx.conf', newNginx)) },
  { title: '1, 2: moves the user’s edits with the file', edit: replace('ops/nginx/nginx.conf', 'listen 80', 'listen 8080'), next: { 'ops/nginx/nginx.conf': undefined, 'deploy/nginx.conf': newNginx }, migration: { renames: { 'ops/nginx/nginx.conf': 'deploy/nginx.conf' } }, tells: { 'deploy/nginx.conf': 'renamed' }, then: all(isGone('ops/nginx'), holds('deploy/nginx.conf', 'listen 8080', 'keepalive 64')) },
  { title: '1: does not move onto a file of the user’s', edit: write('deploy/nginx.conf', 'mine'), next: { 'ops/nginx/nginx.conf': undefined, 'deploy/nginx.conf': newNginx }, migration: { renames: { 'ops/nginx/nginx.conf': 'deploy/nginx.conf' } }, tells: { 'deploy/nginx.conf': 'conflict' }, then: all(is('deploy/nginx.conf', 'mine'), is('ops/nginx/nginx.conf', v1['ops/nginx/nginx.conf']), is('deploy/nginx.conf.hcnode-new', newNginx)) },
  { title: '2: two files can change places', next: { 'Dockerfile': v1['src/main.ts'], 'src/main.ts': v1['Dockerfile'] }, migration: { renames: { Dockerfile: 'src/main.ts', 'src/main.ts': 'Dockerfile' } }, tells: { 'Dockerfile': 'renamed', 'src/main.ts': 'renamed' }, then: all(is('Dockerfile', v1['src/main.ts']), is('src/main.ts', v1['Dockerfile'])) },
  { title: '2: a folder may come where a file was', next: { Dockerfile: undefined, 'Dockerfile/prod': 'x\n' }, tells: { 'Dockerfile': 'deleted', 'Dockerfile/prod': 'created' }, then: is('Dockerfile/prod', 'x\n') },
  { title: '3: what the user deleted stays deleted', edit: removeFile('Dockerfile'), next: { Dockerfile: 'FROM node:22\n' }, tells: { Dockerfile: 'kept' }, then: isGone('Dockerfile') },
  { title: '3: says where the user has moved a file', edit: (root) => renameSync(join(root, 'src/main.ts'), join(root, 'src/start.ts')), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'kept' }, then: all(isGone('src/main.ts'), is('src/start.ts', v1['src/main.ts'])) },
  { title: '3: a file of the user’s where a new one lands is a conflict, and stays', edit: write('docs/new.md', 'mine\n'), next: { 'docs/new.md': 'ours\n' }, tells: { 'docs/new.md': 'conflict' }, then: all(is('docs/new.md', 'mine\n'), is('docs/new.md.hcnode-new', 'ours\n')) },
  { title: '3: a file of the user’s that is the same as the new one is no conflict', edit: write('docs/new.md', 'ours\r\n'), next: { 'docs/new.md': 'ours\n' }, tells: {}, then: is('docs/new.md', 'ours\r\n') },
  { title: '1: keeps what the user edited and the template gave up', edit: replace('Dockerfile', 'node:20', 'node:20-slim'), next: { Dockerfile: undefined }, tells: { Dockerfile: 'kept' }, then: holds('Dockerfile', 'node:20-slim') },
  {
    title: '4: merges package.json by key: what the user added stays, and what he raised stays raised',
    edit: (root) => writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'my-service', scripts: { mine: 'x', start: 'node dist/main.js' }, dependencies: { fastify: '^5.6.0', mine: '1.0.0', pino: '^9.0.0' } }, null, 4)),
    next: { 'package.json': v1['package.json'].replace('"^5.0.0"', '"^5.2.0"').replace('"^9.0.0"', '"^10.0.0"') },
    tells: { 'package.json': 'merged' },
    then: (root) => expect(read(root, 'package.json')).toBe(JSON.stringify({ name: 'my-service', scripts: { mine: 'x', start: 'node dist/main.js' }, dependencies: { fastify: '^5.6.0', mine: '1.0.0', pino: '^10.0.0' } }, null, 4)),
  },
  { title: '4: merges tsconfig.json with comments', edit: replace('tsconfig.json', '"strict": true', '"strict": true, // mine\n    "noEmit": true'), next: { 'tsconfig.json': v1['tsconfig.json'].replace('es2022', 'es2023') }, tells: { 'tsconfig.json': 'merged' }, then: holds('tsconfig.json', '// mine', '"noEmit": true', 'es2023') },
  { title: '13: what a service reads gets no markers: the new text lies beside it', edit: replace('ops/nginx/nginx.conf', 'keepalive 16', 'keepalive 8'), next: { 'ops/nginx/nginx.conf': newNginx }, tells: { 'ops/nginx/nginx.conf': 'conflict' }, then: all(is('ops/nginx/nginx.conf', v1['ops/nginx/nginx.conf'].replace('keepalive 16', 'keepalive 8')), is('ops/nginx/nginx.conf.hcnode-new', newNginx)) },
  { title: '13: a sample is never touched again', edit: replace('src/app/app.ts', '1', '2'), next: { 'src/app/app.ts': 'export const app = 3;\n' }, tells: { 'src/app/app.ts': 'kept' }, then: is('src/app/app.ts', 'export const app = 2;\n') },
  { title: '13: a sample that nobody touched stays as it was written', next: { 'src/app/app.ts': 'export const app = 3;\n' }, tells: { 'src/app/app.ts': 'kept' }, then: is('src/app/app.ts', v1['src/app/app.ts']) },
  { title: '2, 13: a sample that nobody touched goes with the code that it was for', next: { 'src/app/app.ts': undefined }, tells: { 'src/app/app.ts': 'deleted' }, then: isGone('src/app/app.ts') },
  { title: '14: the same key from both sides is a conflict, and what is there still parses', edit: write('ops/prometheus/alerts.yml', `${v1['ops/prometheus/alerts.yml']}    interval: 30s\n`), next: { 'ops/prometheus/alerts.yml': v1['ops/prometheus/alerts.yml'].replace('    rules', '    interval: 15s\n    rules') }, tells: { 'ops/prometheus/alerts.yml': 'conflict' }, then: all(is('ops/prometheus/alerts.yml', `${v1['ops/prometheus/alerts.yml']}    interval: 30s\n`), holds('ops/prometheus/alerts.yml.hcnode-new', 'interval: 15s')) },
  { title: 'line ends of Windows in a file that nobody edited count as untouched, and stay', edit: write('src/main.ts', crlf(v1['src/main.ts'])), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'updated' }, then: is('src/main.ts', crlf(newMain)) },
  { title: 'line ends of Windows stay in a merge', edit: write('src/main.ts', crlf(v1['src/main.ts'].replace('port = 1', 'port = 80'))), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'merged' }, then: is('src/main.ts', crlf(newMain.replace('port = 1', 'port = 80'))) },
  { title: 'line ends of Windows stay around markers', edit: write('src/main.ts', crlf(v1['src/main.ts'].replace('host = 2', 'host = 9'))), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'conflict' }, then: holds('src/main.ts', '<<<<<<< yours\r\nconst host = 9;\r\n=======\r\n') },
  { title: 'a byte order mark stays', edit: write('src/main.ts', `\uFEFF${v1['src/main.ts']}`), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'updated' }, then: is('src/main.ts', `\uFEFF${newMain}`) },
  { title: 'a missing final newline stays missing', edit: write('src/main.ts', v1['src/main.ts'].trimEnd()), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'merged' }, then: is('src/main.ts', newMain.trimEnd()) },
  { title: 'an executable bit of the user’s stays', edit: (root) => chmodSync(join(root, 'Dockerfile'), 0o755), next: { Dockerfile: 'FROM node:22\n' }, tells: { Dockerfile: 'updated' }, then: (root) => expect(statSync(join(root, 'Dockerfile')).mode & 0o777).toBe(0o755) },
  { title: 'a script that the template makes executable becomes so', next: { Dockerfile: '#!/bin/sh\n' }, tells: { Dockerfile: 'updated' }, then: (root) => expect(statSync(join(root, 'Dockerfile')).mode & 0o111).toBe(0o111) },
  { title: 'a script stays executable when it is merged', edit: replace('scripts/deploy.sh', 'echo one', 'echo 1'), next: { 'scripts/deploy.sh': v1['scripts/deploy.sh'].replace('echo three', 'echo 3') }, tells: { 'scripts/deploy.sh': 'merged' }, then: all(holds('scripts/deploy.sh', 'echo 1', 'echo 3'), (root) => expect(statSync(join(root, 'scripts/deploy.sh')).mode & 0o111).toBe(0o111)) },
  { title: 'a read-only file is updated, and stays read-only', edit: (root) => chmodSync(join(root, 'src/main.ts'), 0o444), next: { 'src/main.ts': newMain }, tells: { 'src/main.ts': 'updated' }, then: all(is('src/main.ts', newMain), (root) => expect(statSync(join(root, 'src/main.ts')).mode & 0o777).toBe(0o444)) },
  { title: 'a symbolic link is not followed', edit: all(removeFile('Dockerfile'), write('precious', 'x'), (root) => symlinkSync('precious', join(root, 'Dockerfile'))), next: { Dockerfile: 'FROM node:22\n' }, tells: { Dockerfile: 'kept' }, then: is('precious', 'x') },
  { title: 'a folder that is a symbolic link is not followed', edit: all((root) => renameSync(join(root, 'ops'), join(root, 'elsewhere')), (root) => symlinkSync('elsewhere', join(root, 'ops'))), next: { 'ops/nginx/nginx.conf': newNginx, 'ops/new.conf': 'x\n' }, tells: { 'ops/nginx/nginx.conf': 'kept', 'ops/new.conf': 'kept' }, then: all(is('elsewhere/nginx/nginx.conf', v1['ops/nginx/nginx.conf']), isGone('elsewhere/new.conf')) },
  { title: 'a folder where a file was is left alone', edit: all(removeFile('Dockerfile'), (root) => mkdirSync(join(root, 'Dockerfile'))), next: { Dockerfile: 'FROM node:22\n' }, tells: { Dockerfile: 'kept' }, then: (root) => expect(statSync(join(root, 'Dockerfile')).isDirectory()).toBe(true) },
  { title: 'a folder where a new file lands is a conflict', edit: (root) => mkdirSync(join(root, 'NEW')), next: { NEW: 'x\n' }, tells: { NEW: 'conflict' }, then: is('NEW.hcnode-new', 'x\n') },
  { title: 'a file of many megabytes is neither read nor replaced', edit: (root) => write('README.md', 'x\n'.repeat(5_000_000))(root), next: { 'README.md': newReadme }, tells: { 'README.md': 'kept' }, then: (root) => expect(statSync(join(root, 'README.md')).size).toBe(10_000_000) },
  { title: 'words of every object’s prototype are paths like others', edit: write('src/toString', 'mine\n'), next: { constructor: 'x\n', 'src/hasOwnProperty': 'y\n' }, tells: { constructor: 'created', 'src/hasOwnProperty': 'created' }, then: all(is('constructor', 'x\n'), is('src/toString', 'mine\n')) },
];

test.each(scenarios)('$title', async ({ edit, next, migration, tells, then }) => {
  const root = temporaryFolder();
  const first = madeUpRelease('1.0.0', v1);
  const files = Object.fromEntries(Object.entries<string | undefined>({ ...v1, ...next }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const second = madeUpRelease('1.1.0', files, migration === undefined ? {} : { migrations: [{ version: '1.1.0', ...migration }] });
  writeProjectOf(root, first);
  edit?.(root);
  const before = projectIn(root);
  const upgraded = await upgradeTo(root, second);
  expect(Object.fromEntries(upgraded.files.map(({ path, status }) => [path, status]))).toEqual(tells);
  then(root);

  // 5: whatever happened, a second time changes nothing.
  const after = contentOf(root);
  const again = await upgradeTo(root, second);
  expect(again).toMatchObject({ hasChanges: false, files: [] });
  expect(contentOf(root)).toEqual(after);

  // 15: and all of it can be taken back.
  if (upgraded.hasChanges) await undo({ root, force: false, interruption: new AbortController().signal });
  expect(projectIn(root)).toEqual(before);
});

test('there are scenarios enough, and each has a title of its own', () => {
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  expect(scenarios.length).toBeGreaterThanOrEqual(40);
});
