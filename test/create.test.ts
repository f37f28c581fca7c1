import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { compose } from '../generators/compose/compose.js';
import { sha256 } from '../generators/state/base.js';
import { contentOf, temporaryFolder } from './support/folder.js';
import { run, runCreate } from './support/run.js';
import { defaults } from './support/selections.js';

const quiet = ['--no-install', '--no-git'];

test('writes what the source composes, byte for byte', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stderr } = await runCreate(['my-service', '--yes', ...quiet], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { '.hcnode.json': state, '.hcnode/base.gz': base, ...files } = contentOf(join(cwd, 'my-service'));
  const composed = compose(defaults);
  expect(files).toEqual(Object.fromEntries([...composed].map(([path, text]) => [path, Buffer.from(text).toString('latin1')])));
  expect(state).toBeDefined();
  expect(base).toBeDefined();
  expect(readdirSync(cwd)).toEqual(['my-service']);
});

test('records what was written, so that a later version can tell what the user changed', async () => {
  const cwd = temporaryFolder();
  await runCreate(['my-service', ...quiet], { cwd });
  const project = join(cwd, 'my-service');
  const { version, answers, base, files } = JSON.parse(readFileSync(join(project, '.hcnode.json'), 'utf8')) as { version: string; answers: unknown; base: string; files: { path: string; mode: string; sha256: string }[] };
  const canonical = gunzipSync(readFileSync(join(project, '.hcnode/base.gz'))).toString();
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(answers).toEqual(defaults);
  expect(base).toBe(sha256(canonical));
  expect(JSON.parse(canonical)).toEqual([...compose(defaults)]);
  for (const file of files) {
    expect(sha256(readFileSync(join(project, file.path))), file.path).toBe(file.sha256);
    expect((statSync(join(project, file.path)).mode & 0o111) !== 0, file.path).toBe(file.mode === '755');
  }
});

test('the same answers give the same bytes, wherever and whenever', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  await runCreate(['same', ...quiet], { cwd: first });
  await runCreate(['other-folder', '--name', 'same', ...quiet], { cwd: second, env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', HOME: '/nowhere' } });
  expect(contentOf(join(second, 'other-folder'))).toEqual(contentOf(join(first, 'same')));
});

test('takes answers from a file, from standard input, and from flags before both', async () => {
  const cwd = temporaryFolder();
  const answers = JSON.stringify({ port: 4100, 'admin-port': 4101, alerts: ['slack', 'email'], deploy: 'none', workers: '4', name: 'from-file' });
  writeFileSync(join(cwd, 'answers.json'), answers);
  const fromFile = await runCreate(['--answers', 'answers.json', '--json', '--dry-run', '--port', '4200'], { cwd });
  const fromInput = await runCreate(['--answers', '-', '--json', '--dry-run', '--port', '4200'], { cwd, input: answers });
  expect(fromFile.stdout).toBe(fromInput.stdout);
  expect(JSON.parse(fromFile.stdout)).toMatchObject({
    target: join(cwd, 'from-file'),
    answers: { name: 'from-file', port: 4200, adminPort: 4101, alerts: ['email', 'slack'], deploy: [], workers: 4, domain: 'localhost' },
  });
});

test('takes the answers that an earlier run recorded', async () => {
  const cwd = temporaryFolder();
  await runCreate(['first', '--port', '4100', '--alerts', 'none', ...quiet], { cwd });
  const { answers } = JSON.parse(readFileSync(join(cwd, 'first/.hcnode.json'), 'utf8')) as { answers: unknown };
  await runCreate(['second', '--answers', '-', ...quiet], { cwd, input: JSON.stringify(answers) });
  expect(contentOf(join(cwd, 'second'))).toEqual(contentOf(join(cwd, 'first')));
});

test('a dry run prints what would be written, and writes nothing', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stdout } = await runCreate(['deep/er/my-service', '--dry-run'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('src/main.ts');
  expect(stdout).toContain('Nothing was written.');
  expect(readdirSync(cwd)).toEqual([]);
});

test('--json prints one object and nothing else on standard output', async () => {
  const cwd = temporaryFolder();
  const { stdout, stderr } = await runCreate(['my-service', '--json', ...quiet], { cwd });
  const result = JSON.parse(stdout) as { files: { path: string; bytes: number }[] };
  expect(result).toMatchObject({ version: expect.stringMatching(/^\d/) as unknown, dryRun: false, install: 'off', git: 'off', kept: [], warnings: [], nextSteps: ['cd my-service', 'npm install', 'npm run dev'] });
  expect(result.files.map(({ path }) => path).sort()).toEqual(Object.keys(contentOf(join(cwd, 'my-service'))).sort());
  expect(stderr).toContain('cd my-service');
});

test('--json tells why nothing was made', async () => {
  const { exitCode, stdout } = await runCreate(['my-service', '--json', '--port', 'x'], { cwd: temporaryFolder() });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toEqual({ error: { reason: 'usage', exitCode: 2, messages: ['--port must be an integer from 1 to 65535, got "x"'] } });
});

test.each([
  ['without a terminal and without a folder', [], 2, 'no FOLDER given'],
  ['an unknown flag', ['a', '--prot', '3'], 2, 'did you mean --port?'],
  ['a flag without its value', ['a', '--port'], 2, '--port needs a value'],
  ['a flag that swallows the next one', ['a', '--port', '--yes'], 2, '--port needs a value'],
  ['a switch with a value', ['a', '--yes=no'], 2, '--yes takes no value'],
  ['a flag twice', ['a', '--port', '1', '--port', '2'], 2, '--port is given twice'],
  ['a mistyped command', ['upgrad'], 2, 'did you mean "upgrade"?'],
  ['a command of a later version', ['doctor'], 2, 'not in this version'],
  ['a switch of another command', ['a', '--check'], 2, '--check is for upgrade, not for create'],
  ['a framework of a later version', ['a', '--framework', 'express'], 2, 'express is not in this version; available: fastify'],
  ['a queue of a later version', ['a', '--queue', 'kafka'], 2, 'kafka is not in this version; available: none'],
  ['ports that are the same', ['a', '--port', '9464'], 2, 'must differ'],
  ['two folders', ['a', 'b'], 2, '`--` must stand before the flags'],
  ['an answers file that is not there', ['a', '--answers', 'x.json'], 2, 'cannot read "x.json"'],
  ['an empty folder name', [''], 2, 'empty name'],
  ['a name that begins with a hyphen', ['-x'], 2, 'unknown flag "-x"'],
  ['a name that begins with a hyphen, after --', ['--', '-x'], 2, 'cannot name the service'],
])('refuses %s', async (_, parameters, exitCode, message) => {
  const cwd = temporaryFolder();
  const ended = await runCreate(parameters, { cwd });
  expect(ended.stderr).toContain(message);
  expect(ended).toMatchObject({ exitCode, stdout: '' });
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  ['{', 'must hold a JSON object'],
  ['[]', 'must hold a JSON object'],
  ['{"prot": 1}', 'did you mean "port"?'],
  ['{"__proto__": {"name": "x"}}', 'unknown key'],
  ['{"port": "80a"}', 'port in standard input must be an integer'],
  ['{"port": 1, "admin-port": 2, "adminPort": 3}', 'twice'],
  ['{"deploy": ["docker", 7]}', 'must be none, or some of'],
  ['{"name": {"toString": 1}}', 'must be text'],
])('refuses the answers %s', async (input, message) => {
  const cwd = temporaryFolder();
  const { exitCode, stderr } = await runCreate(['a', '--answers', '-'], { cwd, input });
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
  expect(readdirSync(cwd)).toEqual([]);
});

test('tells all faults at once', async () => {
  const { stderr } = await runCreate(['a', '--port', '0', '--domain', 'a b', '--workers', '0'], { cwd: temporaryFolder() });
  expect(stderr.trim().split('\n')).toHaveLength(3);
});

test.each([
  ['positional', ['my-service', '4100'], {}],
  ['--port=4100', ['my-service'], { npm_config_port: '4100', npm_command: 'init' }],
  ['--admin-port', ['my-service'], { npm_config_admin_port: '1' }],
  ['--dry-run', ['my-service'], { npm_config_dry_run: 'true' }],
])('notices flags that npm kept to itself: %s', async (_, parameters, env) => {
  const cwd = temporaryFolder();
  const { exitCode, stderr } = await runCreate(parameters, { cwd, env });
  expect(stderr).toContain('npm create hcnode@latest my-service -- --port 4100');
  expect(exitCode).toBe(2);
  expect(readdirSync(cwd)).toEqual([]);
});

test('refuses a folder with things in it, says what is in the way, and touches nothing', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full'));
  writeFileSync(join(cwd, 'full/mine.txt'), 'mine');
  const { exitCode, stderr } = await runCreate(['full', '--yes'], { cwd });
  expect(exitCode).toBe(5);
  expect(stderr).toContain('mine.txt');
  expect(contentOf(cwd)).toEqual({ 'full/mine.txt': 'mine' });
});

test('goes into an empty folder, also the one it stands in', async () => {
  const cwd = join(temporaryFolder(), 'here');
  mkdirSync(cwd);
  const { exitCode, stdout } = await runCreate(['.', ...quiet], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('npm install\n  npm run build\n  npm run start');
  expect(existsSync(join(cwd, 'package.json'))).toBe(true);
  expect(readdirSync(cwd).filter((name) => name.startsWith('.create'))).toEqual([]);
});

test('goes into a fresh repository, and leaves what is the user’s as it is', async () => {
  const cwd = join(temporaryFolder(), 'repo');
  mkdirSync(join(cwd, '.vscode'), { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd });
  for (const [path, text] of Object.entries({ 'README.md': '# Mine\n', LICENSE: 'MIT\n', '.gitignore': 'mine\n', '.vscode/settings.json': '{}' })) writeFileSync(join(cwd, path), text);
  const { exitCode, stdout, stderr } = await runCreate(['.', '--json', '--no-install'], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kept: ['.gitignore', 'README.md'], git: 'inside another repository' });
  expect(stderr).toContain('.gitignore is yours');
  expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toBe('# Mine\n');
  expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('mine\n');
  expect(JSON.parse(readFileSync(join(cwd, '.hcnode.json'), 'utf8'))).toMatchObject({ ejected: ['.gitignore', 'README.md'] });
  expect(existsSync(join(cwd, 'src/main.ts'))).toBe(true);
});

test('--force adds files, and a second time changes nothing', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full/src'), { recursive: true });
  writeFileSync(join(cwd, 'full/src/mine.ts'), 'mine');
  const first = await runCreate(['full', '--force', ...quiet], { cwd });
  expect(first.exitCode).toBe(0);
  const after = contentOf(cwd);
  expect(after).toMatchObject({ 'full/src/mine.ts': 'mine', 'full/src/main.ts': expect.any(String) as unknown });
  expect((await runCreate(['full', '--force', ...quiet], { cwd })).exitCode).toBe(0);
  expect(contentOf(cwd)).toEqual(after);
});

test('--force puts a file beside one that is in the way, and says so', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full/src'), { recursive: true });
  writeFileSync(join(cwd, 'full/src/main.ts'), 'mine');
  const { exitCode, stdout, stderr } = await runCreate(['full', '--force', '--json', ...quiet], { cwd });
  expect({ exitCode, message: stderr.split('\n').at(-2) }).toEqual({ exitCode: 3, message: 'create-hcnode: conflict for you to settle: src/main.ts is yours, and stays; ours is in src/main.ts.hcnode-new' });
  expect(JSON.parse(stdout)).toMatchObject({ conflicts: [{ path: 'src/main.ts', sidecar: 'src/main.ts.hcnode-new' }] });
  expect(readFileSync(join(cwd, 'full/src/main.ts'), 'utf8')).toBe('mine');
  expect(readFileSync(join(cwd, 'full/src/main.ts.hcnode-new'), 'utf8')).toBe(compose(defaults).get('src/main.ts'));
});

test('--force into a service merges as an upgrade does', async () => {
  const cwd = temporaryFolder();
  await runCreate(['full', ...quiet], { cwd });
  writeFileSync(join(cwd, 'full/README.md'), `Mine.\n\n${readFileSync(join(cwd, 'full/README.md'), 'utf8')}`);
  const { exitCode } = await runCreate(['full', '--force', '--port', '4000', ...quiet], { cwd });
  expect(exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'full/README.md'), 'utf8')).toMatch(/^Mine\./);
  expect(readFileSync(join(cwd, 'full/src/project.ts'), 'utf8')).toContain('PORT: 4000');
});

test.each([
  ['a folder', (path: string) => mkdirSync(path)],
  ['a symbolic link', (path: string) => symlinkSync('/etc/hostname', path)],
])('--force never writes over %s that is in the way', async (_, put) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full/src'), { recursive: true });
  put(join(cwd, 'full/src/main.ts'));
  const { exitCode, stderr } = await runCreate(['full', '--force', ...quiet], { cwd });
  expect(exitCode).toBe(5);
  expect(stderr).toContain('src/main.ts');
  expect(readdirSync(join(cwd, 'full'))).toEqual(['src']);
});

test('--force does not follow a symbolic link out of the folder', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'full'));
  mkdirSync(join(cwd, 'elsewhere'));
  symlinkSync('../elsewhere', join(cwd, 'full/src'));
  expect((await runCreate(['full', '--force', ...quiet], { cwd })).exitCode).toBe(5);
  expect(readdirSync(join(cwd, 'elsewhere'))).toEqual([]);
});

test.each([
  ['a file', (path: string) => writeFileSync(path, 'mine')],
  ['a link to a folder', (path: string) => symlinkSync('.', path)],
  ['a link to nothing', (path: string) => symlinkSync('nothing', path)],
])('refuses a target that is %s', async (_, put) => {
  const cwd = temporaryFolder();
  put(join(cwd, 'target'));
  expect((await runCreate(['target', ...quiet], { cwd })).exitCode).toBe(5);
  expect(readdirSync(cwd)).toEqual(['target']);
});

test('makes a repository with one commit, and none inside another', async () => {
  const cwd = temporaryFolder();
  const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' };
  const env = { ...identity, GIT_CONFIG_GLOBAL: '/dev/null', GIT_DIR: '/nowhere' };
  const first = await runCreate(['outer', '--no-install', '--json'], { cwd, env });
  expect(JSON.parse(first.stdout)).toMatchObject({ git: 'committed' });
  const outer = join(cwd, 'outer');
  const log = execFileSync('git', ['log', '--format=%s'], { cwd: outer, encoding: 'utf8' });
  expect(log).toMatch(/^Create outer with create-hcnode \d+\.\d+\.\d+\n$/);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: outer, encoding: 'utf8' })).toBe('');
  const unwanted = ['dist/main.js', 'node_modules/x', '.env', 'diagnostics/x.heapsnapshot'];
  expect(execFileSync('git', ['check-ignore', ...unwanted], { cwd: outer, encoding: 'utf8' }).trim().split('\n')).toEqual(unwanted);
  const second = await runCreate(['outer/inner', '--no-install', '--json'], { cwd, env });
  expect(JSON.parse(second.stdout)).toMatchObject({ git: 'inside another repository' });
});

test('goes on without git, and without a name for commits', async () => {
  const cwd = temporaryFolder();
  const withoutGit = await runCreate(['a', '--no-install', '--json'], { cwd, env: { PATH: '/nowhere' } });
  expect(JSON.parse(withoutGit.stdout)).toMatchObject({ git: 'not installed' });
  const nameless = await runCreate(['b', '--no-install', '--json'], { cwd, env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', HOME: cwd } });
  expect(JSON.parse(nameless.stdout)).toMatchObject({ git: 'initialised' });
});

test('detects the package manager that runs it, and calls it without a shell', async () => {
  const cwd = temporaryFolder();
  const tools = join(cwd, 'tools');
  mkdirSync(tools);
  writeFileSync(join(tools, 'pnpm'), `#!/bin/sh\necho "$0 $*" > "${cwd}/called"\n`, { mode: 0o755 });
  const env = { PATH: `${tools}:${process.env['PATH'] ?? ''}`, npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v20.0.0 linux x64' };
  const { stdout } = await runCreate(['a', '--json', '--no-git'], { cwd, env });
  expect(JSON.parse(stdout)).toMatchObject({ answers: { packageManager: 'pnpm' }, install: 'done', nextSteps: ['cd a', 'pnpm run build', 'pnpm run start'] });
  expect(readFileSync(join(cwd, 'called'), 'utf8')).toBe(`${tools}/pnpm install\n`);
});

test('a failed install is told, and the service stays', async () => {
  const cwd = temporaryFolder();
  const tools = join(cwd, 'tools');
  mkdirSync(tools);
  writeFileSync(join(tools, 'npm'), '#!/bin/sh\nexit 7\n', { mode: 0o755 });
  const { exitCode, stdout, stderr } = await runCreate(['a', '--json', '--no-git'], { cwd, env: { PATH: tools } });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the service is written, but npm install ended with exit code 7');
  expect(JSON.parse(stdout)).toMatchObject({ install: 'failed', nextSteps: ['cd a', 'npm install', 'npm run dev'] });
});

test('its next steps work when pasted, whatever the folder is called', async () => {
  const cwd = temporaryFolder();
  for (const folder of ["it's a $(touch pwned) \"folder\"; x", '-n', 'ünï côdé', '*']) {
    const { stdout } = await runCreate(['--name', 'ok', '--json', ...quiet, '--', folder], { cwd });
    const { nextSteps } = JSON.parse(stdout) as { nextSteps: string[] };
    const pasted = await run('bash', ['-c', `${nextSteps[0] ?? ''} && pwd`], { cwd });
    expect(pasted.stdout.trim()).toBe(join(cwd, folder));
  }
  expect(existsSync(join(cwd, 'pwned'))).toBe(false);
});

test('--help shows every flag and example, --version the version, without colours where they are not wanted', async () => {
  const cwd = temporaryFolder();
  const help = await runCreate(['--help'], { cwd });
  for (const flag of ['--name', '--framework', '--queue', '--deploy', '--proxy', '--alerts', '--domain', '--port', '--admin-port', '--workers', '--package-manager', '--install', '--no-install', '--git', '--answers', '--dry-run', '--json', '--yes', '-y', '--force']) expect(help.stdout).toContain(flag);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await runCreate(['-v'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  // eslint-disable-next-line no-control-regex -- colours are control characters
  expect((await runCreate(['x', ...quiet], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toMatch(/\u001b/);
});

test('an old version of Node.js gets one clear line', async () => {
  const cwd = temporaryFolder();
  cpSync(new URL('../dist/create-hcnode.js', import.meta.url), join(cwd, 'create-hcnode.mjs'));
  const pretend = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); await import('./create-hcnode.mjs');";
  const { exitCode, stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', pretend], { cwd });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: '', stderr: 'create-hcnode: needs Node.js 20.19, 22.13 or 24 and later, and this is 18.20.4\n' });
});
