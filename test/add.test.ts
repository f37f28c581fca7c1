import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from './support/folder.js';
import { runCreate, type Ended } from './support/run.js';

const NODE_MODULES = resolve(import.meta.dirname, '../node_modules');

async function service(...flags: readonly string[]): Promise<string> {
  const cwd = temporaryFolder();
  const { exitCode, stderr } = await runCreate(['service', '--no-install', '--no-git', ...flags], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return join(cwd, 'service');
}

const add = async (cwd: string, ...words: readonly string[]): Promise<Ended> => runCreate(['add', ...words], { cwd });
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

test('a route and a task are wired in, typed, tested, and taken back by undo', async () => {
  const root = await service();
  const before = contentOf(root);
  expect(await add(root, 'route', 'orders')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await add(root, 'task', 'resize-image')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(read(root, 'README.md')).toMatch(/`GET \/orders`[^]*`runTask\('resizeImage', input\)`/);

  symlinkSync(NODE_MODULES, join(root, 'node_modules'));
  const run = (program: string, ...words: readonly string[]): string => execFileSync(program, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', 'run', 'build');
  run('npm', 'run', 'build:chaos');
  run('npm', 'run', 'lint');
  // Over HTTP, to a service of two workers.
  expect(run(process.execPath, '--import', 'tsx', '--test', 'test/orders-route.test.ts', 'test/resize-image-task.test.ts')).toMatch(/^# pass 2$/m);

  expect((await runCreate(['undo'], { cwd: root })).exitCode).toBe(0);
  expect(read(root, 'src/tasks/tasks.ts')).not.toContain('resizeImage');
  expect(read(root, 'src/app/app.ts')).toContain('ordersRoutes');
  expect(before['src/tasks/resize-image.ts']).toBeUndefined();
  expect((await runCreate(['upgrade', '--check'], { cwd: root })).exitCode).toBe(0);
}, 240_000);

test.each([
  [['route', '../../etc/passwd'], 2, 'must consist of words'],
  [['route', 'Orders'], 2, 'create-hcnode add route orders'],
  [['route', 'a'.repeat(60)], 2, 'at most 50'],
  [['route', 'livez'], 2, 'answers /livez already'],
  [['route', 'process'], 5, 'src/app/routes/process.ts is there already'],
  [['task', 'sum-square-roots'], 5, 'is there already'],
  [['task', 'pool'], 5, 'src/tasks/pool.ts is there already'],
  [['task', 'delete'], 2, 'reserved'],
  [['task', '__proto__'], 2, 'must consist of words'],
  [['route'], 2, 'needs a name'],
  [['route', 'one', 'two'], 2, 'one name is enough'],
  [['rout', 'orders'], 2, 'did you mean "route"?'],
  [[], 2, 'needs to know what'],
  [['nginx'], 5, 'nginx is there already'],
  [['route', 'orders', '--port', '4000'], 2, '--port is not for add route'],
] as const)('add %j is refused, and nothing is written', async (words, exitCode, told) => {
  const root = await service();
  const before = contentOf(root);
  const ended = await add(root, ...words);
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.stderr).toContain(told);
  expect(contentOf(root)).toEqual(before);
});

test('outside of a service it says where to run it', async () => {
  const ended = await add(temporaryFolder(), 'route', 'orders');
  expect(ended.exitCode).toBe(5);
  expect(ended.stderr).toContain('Run it in the folder of the service');
});

test('where the place for a line is gone, the files come and the lines are told', async () => {
  const root = await service();
  writeFileSync(join(root, 'src/app/app.ts'), '// mine\n');
  const ended = await add(root, 'route', 'orders', '--json');
  expect(ended.exitCode).toBe(3);
  expect(JSON.parse(ended.stdout)).toMatchObject({ created: ['src/app/routes/orders.ts', 'test/orders-route.test.ts'], changed: ['README.md'], byHand: [{ path: 'src/app/app.ts' }], exitCode: 3 });
  expect(read(root, 'src/app/app.ts')).toBe('// mine\n');
  expect(read(root, 'src/app/routes/orders.ts')).toContain('ordersRoutes');
});

test('line endings stay as they are; a dry run writes nothing', async () => {
  const root = await service();
  const crlf = read(root, 'src/app/app.ts').replaceAll('\n', '\r\n');
  writeFileSync(join(root, 'src/app/app.ts'), crlf);
  const before = contentOf(root);
  expect((await add(root, 'route', 'orders', '--dry-run')).exitCode).toBe(0);
  expect(contentOf(root)).toEqual(before);
  expect((await add(root, 'route', 'orders')).exitCode).toBe(0);
  const after = read(root, 'src/app/app.ts');
  expect(after).toContain('ordersRoutes];\r\n');
  expect(after.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a feature is an upgrade with another answer', async () => {
  const root = await service('--alerts', 'email', '--proxy', 'none', '--deploy', 'docker');
  expect((await add(root, 'nginx')).exitCode).toBe(0);
  expect((await add(root, 'slack')).exitCode).toBe(0);
  expect((await add(root, 'systemd')).exitCode).toBe(0);
  expect(JSON.parse(read(root, '.hcnode.json'))).toMatchObject({ answers: { proxy: 'nginx', alerts: ['email', 'slack'], deploy: ['docker', 'systemd'] } });
  expect(read(root, 'ops/nginx/nginx.conf')).toContain('http {');
  expect((await runCreate(['upgrade', '--check'], { cwd: root })).exitCode).toBe(0);
});
