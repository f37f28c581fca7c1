import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import Ajv from 'ajv';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import plugin from '../index.js';
import { main } from './main.js';

const LEAK = 'export function watch() {\n  setInterval(() => {}, 1000);\n}\n';
const OTHER_LEAK = 'export function poll() {\n  setInterval(() => { poll(); }, 5);\n}\n';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hcnode-lint-')));
  // The parser only: what the command keeps lies beside it.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['@typescript-eslint', 'typescript']) symlinkSync(fileURLToPath(new URL(`../../../node_modules/${name}`, import.meta.url)), join(folder, 'node_modules', name));
});

afterEach(() => { rmSync(folder, { recursive: true }); });

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function run(...typed: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(typed, {
    cwd: folder,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}

function git(...parameters: string[]): void {
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...parameters], { cwd: folder, stdio: 'ignore' });
}

describe('exit codes', () => {
  test('0 where there is nothing to report', async () => {
    write({ 'a.js': 'export const a = 1;\n' });
    expect(await run()).toEqual({ exitCode: 0, stdout: 'Nothing to report in 1 file.\n', stderr: '' });
  });

  test('1 where there is', async () => {
    write({ 'src/a.ts': LEAK });
    const { exitCode, stdout } = await run('src');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/src\/a\.ts:2:3 {2}error {2}hcnode\/no-leaked-interval/);
  });

  test('1 where a file cannot be parsed', async () => {
    write({ 'a.js': 'function (' });
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/a\.js:1 {2}cannot be parsed/);
  });

  test.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--format', 'xml'], '--format must be one of text, json, sarif, github, markdown, got "xml"'],
    [['--rps', '1e999'], '--rps must be a number above 0, got "1e999"'],
    [['--rps', '0'], '--rps must be a number above 0'],
    [['--baseline', 'drop'], '--baseline must be one of update, check'],
    [['--baseline', 'update', '--since', 'main'], 'use one of the two'],
    [['--since=--output=stolen'], '--since must be a revision of git, got "--output=stolen"'],
    [['--since', 'main'], '--since needs a git repository'],
    [['absent'], 'There is no file or folder "absent"'],
    [['a\0b'], 'A path is empty or holds a NUL byte'],
    [['--baseline', 'check'], 'Make one: hcnode-lint --baseline update'],
  ])('2 for %j, and says why', async (typed, message) => {
    write({ 'a.js': LEAK });
    const { exitCode, stdout, stderr } = await run(...typed);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('2 for a configuration that cannot be read', async () => {
    write({ 'eslint.config.mjs': 'export default [{ rules: { "none/such": "error" } }];', 'a.js': LEAK });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(2);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test('obeys the configuration of the project, its comments too', async () => {
  write({
    'eslint.config.mjs': 'export default [{ files: ["**/*.js"], ignores: ["lib/**"] }];',
    'a.js': LEAK.replace('  set', '  // eslint-disable-next-line hcnode/no-leaked-interval -- runs once\n  set'),
    'lib/b.js': 'export const b = 1;',
  });
  expect(await run()).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('a baseline', () => {
  test('knows reports again after lines have moved', async () => {
    write({ 'a.js': LEAK });
    expect((await run('--baseline', 'update')).exitCode).toBe(0);
    write({ 'a.js': `// first\n\n\n${LEAK.replace('(() => {}, 1000)', '( () => {},   1000 )')}` });
    expect((await run('--baseline', 'check')).exitCode).toBe(0);
  });

  test('sees one report come as another goes', async () => {
    write({ 'a.js': LEAK });
    await run('--baseline', 'update');
    write({ 'a.js': OTHER_LEAK });
    const { exitCode, stdout } = await run('--baseline', 'check');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 of the baseline is gone');
    expect(stdout).toContain('a.js:2:3');
  });

  test('tells the same code twice from once', async () => {
    write({ 'a.js': LEAK });
    await run('--baseline', 'update');
    write({ 'a.js': 'export function watch() {\n  setInterval(() => {}, 1000);\n  setInterval(() => {}, 1000);\n}\n' });
    expect((await run('--baseline', 'check')).stdout).toContain('1 report ');
  });

  test('of a part keeps what it says of the rest', async () => {
    write({ 'one/a.js': LEAK, 'two/b.js': OTHER_LEAK });
    await run('--baseline', 'update');
    await run('--baseline', 'update', 'one');
    expect((await run('--baseline', 'check')).exitCode).toBe(0);
  });

  test.each(['', '{', '[]', '{"version":1}', '{"version":2,"reports":[]}', '{"version":1,"reports":[{"fingerprint":1}]}', '{"version":1,"reports":[null]}'])('that is broken is said to be: %j', async (text) => {
    write({ 'a.js': LEAK, 'hcnode-baseline.json': text });
    const { exitCode, stderr } = await run('--baseline', 'check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Make a new one: hcnode-lint --baseline update.');
  });
});

describe('--since', () => {
  beforeEach(() => {
    git('init', '--quiet');
    write({ '.gitignore': 'node_modules\n', 'old.js': LEAK, 'naïve "name".js': LEAK });
    git('add', '.');
    git('commit', '--quiet', '--message', 'One');
  });

  test('reports on changed lines and in new files only', async () => {
    write({ 'old.js': `${LEAK}${OTHER_LEAK}`, 'new.js': LEAK, 'naïve "name".js': `// moved\n${LEAK}${OTHER_LEAK}` });
    const { stdout } = await run('--since', 'HEAD', '--format', 'json');
    const { reports } = JSON.parse(stdout) as { reports: { file: string; line: number }[] };
    expect(reports.map(({ file, line }) => `${file}:${line}`).sort()).toEqual(['naïve "name".js:6', 'new.js:2', 'old.js:5']);
  });

  test('is not led astray by what a removed line holds', async () => {
    write({ 'old.js': `++ b/other.js\n${LEAK}` });
    git('add', '.');
    git('commit', '--quiet', '--message', 'Two');
    write({ 'old.js': LEAK + OTHER_LEAK });
    const { stdout } = await run('--since', 'HEAD', 'old.js', '--format', 'json');
    expect((JSON.parse(stdout) as { reports: { line: number }[] }).reports.map(({ line }) => line)).toEqual([5]);
  });

  test('says which revision is not known', async () => {
    expect(await run('--since', 'nowhere')).toMatchObject({ exitCode: 2, stderr: 'hcnode-lint: Git knows no revision "nowhere".\n' });
  });
});

describe('calls across files', () => {
  const files = {
    'src/routes.js': "import express from 'express';\nimport { load } from './repo.js';\nconst app = express();\napp.get('/', (req, res) => { res.end(load()); });\n",
    'src/repo.js': "import fs from 'node:fs';\nexport function load() {\n  return fs.readFileSync('x');\n}\n",
  };

  test('are followed, and the report says from where', async () => {
    write(files);
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Per request \(1\)\n {2}src\/repo\.js:3:10 .*no-sync-fs-in-handler\n.*app\.get at line 4 of src\/routes\.js/);
  });

  test('are followed through paths of tsconfig.json', async () => {
    write({ ...files, 'src/routes.js': files['src/routes.js'].replace('./repo.js', '@/repo.js'), 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' });
    expect((await run()).stdout).toMatch(/src\/repo\.js:3:10 .*no-sync-fs-in-handler/);
  });

  test('are known again when only one of the files is looked at, until one changes', async () => {
    write(files);
    await run();
    expect((await run('src/repo.js')).exitCode).toBe(1);
    write({ 'src/routes.js': 'export const nothing = 1;\n' });
    expect((await run('src/repo.js')).exitCode).toBe(0);
  });

  test('are seen by ESLint alone where crossFile is on and nothing has changed since', async () => {
    write(files);
    await run();
    const lintAlone = async (crossFile: string) => {
      const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, baseConfig: [plugin.configs.recommended, { settings: { hcnode: { crossFile } } }] });
      return (await eslint.lintFiles(['src/repo.js'])).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
    };
    expect(await lintAlone('off')).toEqual([]);
    expect(await lintAlone('index')).toEqual(['hcnode/no-sync-fs-in-handler']);
    write({ 'src/routes.js': `${files['src/routes.js']}// changed\n` });
    expect(await lintAlone('index')).toEqual([]);
  });

  test('need no index that can be read', async () => {
    write(files);
    const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, baseConfig: [plugin.configs.recommended, { settings: { hcnode: { crossFile: 'index' } } }] });
    mkdirSync(join(folder, 'node_modules/.cache/hcnode'), { recursive: true });
    write({ 'node_modules/.cache/hcnode/index.json': '{ "version": ' });
    expect((await eslint.lintFiles(['src/repo.js']))[0]?.messages).toEqual([]);
  });
});

describe('formats', () => {
  const hostile = 'src/a%0A::error::b, c|<b>#é.js';

  beforeEach(() => { write({ [hostile]: LEAK, 'broken.js': '}' }); });

  test('sarif is what its schema says', async () => {
    const { exitCode, stdout } = await run('--format', 'sarif');
    expect(exitCode).toBe(1);
    const schema = JSON.parse(readFileSync(new URL('../../test/schemas/sarif-2.1.0.json', import.meta.url), 'utf8')) as object;
    // The schema is of draft 4: its own id, and no meta schema that Ajv would know.
    const ajv = new Ajv({ schemaId: 'id', meta: false, validateSchema: false, unknownFormats: 'ignore', allErrors: true });
    const validate = ajv.compile(schema);
    const log = JSON.parse(stdout) as { runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[]; partialFingerprints: object }[] }[] };
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...log, version: '3' })).toBe(false);
    const [result] = log.runs[0]?.results ?? [];
    expect(decodeURIComponent(result?.locations[0]?.physicalLocation.artifactLocation.uri ?? '')).toBe(hostile);
    expect(Object.keys(result?.partialFingerprints ?? {})).toEqual(['hcnodeFingerprint/v1']);
  });

  test('github has one command for each report, whatever names hold', async () => {
    const { stdout } = await run('--format', 'github');
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^::error file=src\/a%250A%3A%3Aerror%3A%3Ab%2C c\|<b>#é\.js,line=2,endLine=2,col=3,title=hcnode\/no-leaked-interval/),
      expect.stringMatching(/^::error file=broken\.js,line=1,title=cannot be parsed::/),
    ]);
  });

  test('markdown has one row for each report, and no markup of others', async () => {
    const { stdout } = await run('--format', 'markdown');
    const rows = stdout.split('\n').filter((line) => line.includes('no-leaked-interval'));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.match(/\|/g)).toHaveLength(5);
    expect(rows[0]).not.toMatch(/<b>/);
  });

  test('json has positions and a fingerprint', async () => {
    const { stdout } = await run('--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      reports: [{ file: hostile, line: 2, column: 3, rule: 'no-leaked-interval', severity: 'error' }],
      unreadable: [{ file: 'broken.js', line: 1 }],
      summary: { files: 2, reports: 1, errors: 1 },
    });
    expect(stdout).toMatch(/"fingerprint": "[0-9a-f]{24}"/);
  });
});

test('a terminal is not told to do what a name of a file says', async () => {
  write({ 'red\u001b[31m.js': LEAK });
  const { stdout } = await run();
  expect(stdout).toContain('red\\x1b[31m.js');
  expect(stdout).not.toContain('\u001b');
});
