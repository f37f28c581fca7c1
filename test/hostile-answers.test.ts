import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

import { completeAnswers, readAnswers } from '../generators/answers/answers.js';
import { MAX_NAME_LENGTH, suggestName } from '../generators/answers/check-name.js';
import { portFaults } from '../generators/answers/check-ports.js';
import { questionKeys, type QuestionKey } from '../generators/answers/questions.js';
import { compose } from '../generators/compose/compose.js';
import { render } from '../generators/compose/render.js';
import { images } from '../templates/images.js';
import { packageManagers } from '../templates/package-manager.js';
import { temporaryFolder } from './support/folder.js';
import { runCreate } from './support/run.js';
import { defaults } from './support/selections.js';

const quiet = ['--no-install', '--no-git'];

/** What breaks out of one format or another, and names that some system has taken. */
const hostileTexts = [
  ...['../evil', '..', '.', '/etc/passwd', 'a/b', 'a\\b', 'C:\\x', '~', '@scope/name', '%2e%2e%2f'],
  ...['x"y', "x'y", 'x`y', '$(touch pwned)', '`touch pwned`', '${HOME}', 'x; touch pwned', 'x && touch pwned', 'x | y', '<%= 7*7 %>', '<%- include("/etc/passwd") %>', '{{x}}', '#{x}'],
  ...['x: y', '- x', '&x', '*x', '!x', '|', '>', '{x}', '[x]', '# x', '"', '~', 'null', 'true', 'on', 'yes', 'n'],
  ...['x;}', 'x{', '$host', 'x y', ' x', 'x ', '', '\u0000', 'x\ny', 'x\r\ny', 'x\ty', '\u001b[31mx', '\u202ex', '\ufeffx', 'ünï', '名前', '😀', 'ｘ'],
  ...['-x', '--yes', '_x', '.x', 'X', 'x_y', 'x.y', 'x-', '1x', '0', '127.0.0.1', '-'],
  ...['node_modules', 'favicon.ico', 'con', 'CON', 'nul', 'aux', 'com1', 'lpt9', 'fs', 'http', 'cluster', 'constructor.', '__proto__', 'root', 'nginx', 'localhost', 'prometheus', 'kube-system', 'kube-public', 'monitoring', 'ssh', 'nginx-exporter'],
  ...['a'.repeat(MAX_NAME_LENGTH + 1), 'a'.repeat(10_000), '\u0000'.repeat(10_000)],
];

test.each(hostileTexts.map(titled))('the name %s is refused', (_, raw) => {
  const { answers, faults } = readAnswers(new Map([['name', { raw, said: '--name' }]]));
  expect(answers.size).toBe(0);
  expect(faults).toHaveLength(1);
  expect(faults[0], 'harmless for a terminal, and short').toMatch(/^[\x20-\x7e]{1,300}$/);
});

test.each(['x', 'my-service', 'a1', 'a--b', 'constructor', 'tostring', 'a'.repeat(MAX_NAME_LENGTH)])('the name %s is taken, and harmless in every file', (name) => {
  expect(readAnswers(new Map([['name', { raw: name, said: '--name' }]])).faults).toEqual([]);
  expectSound(compose({ ...defaults, name }));
});

const hostileDomains = [
  ...['../evil', '/etc/passwd', 'x"y', "x'y", '$(touch pwned)', '${HOME}', '$host', '<%= 7*7 %>', 'x;}', 'x{', 'a b.org', '# x', 'x: y', '', ' x', 'x\ny', '\u0000', 'bücher.example', '😀'],
  ...['a..b', '.a', 'a.', '-a.b', 'a-.b', '*.example.org', 'EXAMPLE.org', 'a_b.org', '10.0.0.1', '::1', 'example.org:80', 'http://example.org', 'example.org;', 'example.org,other.org'],
  ...[`${'a'.repeat(64)}.org`, `${'a.'.repeat(127)}org`, 'a'.repeat(10_000)],
];

test.each(hostileDomains.map(titled))('the domain %s is refused', (_, raw) => {
  expect(readAnswers(new Map([['domain', { raw, said: '--domain' }]])).faults).toHaveLength(1);
});

test.each(['localhost', 'example.org', 'api.example.org', 'xn--bcher-kva.example', 'a-b.c', '1.example.org'])('the domain %s is taken, and harmless in every file', (domain) => {
  expect(readAnswers(new Map([['domain', { raw: domain, said: '--domain' }]])).faults).toEqual([]);
  expectSound(compose({ ...defaults, domain }));
});

describe('numbers', () => {
  test.each(['port', 'adminPort', 'workers'] as const)('%s takes whole numbers in range only', (key) => {
    for (const raw of ['0', '-1', '65536', '1025x', '1e3', '0x10', '3.5', ' 3', '3 ', '', '٣', '+3', '1_000', '99999999999999999999', 0, -1, 3.5, 65_536, Number.NaN, Infinity, null, true, [], {}, [3], '3,4']) {
      expect(readAnswers(new Map([[key, { raw, said: key }]])).faults, JSON.stringify(raw)).toHaveLength(1);
    }
  });

  test.each([
    ['port', '1', 1],
    ['port', 65_535, 65_535],
    ['adminPort', '65535', 65_535],
    ['workers', 'auto', 'auto'],
    ['workers', '1024', 1024],
  ] as const)('%s takes %j', (key, raw, value) => {
    expect(readAnswers(new Map([[key, { raw, said: key }]])).answers.get(key)).toBe(value);
  });
});

test('no answer of any kind gets through unchecked', () => {
  for (const key of questionKeys) {
    for (const raw of [{}, { toString: 'x' }, ['x', {}], null, '<%= 1 %>', 'x\ny', Symbol.iterator.toString()]) {
      expect(readAnswers(new Map<QuestionKey, { raw: unknown; said: string }>([[key, { raw, said: key }]])).faults, `${key} ${JSON.stringify(raw)}`).toHaveLength(1);
    }
  }
});

test('a hole takes plain words only, should something get through all the same', () => {
  const settings = {};
  const values = { settings, images, packageManager: packageManagers.npm };
  for (const name of ['x\ny', 'x;', 'x"', "x'", '${x}', '<x>', '#x', 'x: {', '$(x)', '`x`', 'é', 'x\\']) {
    expect(() => render('t.ejs', 'a <%= project.name %>', { ...values, project: { ...defaults, name } }), name).toThrow('plain words');
  }
  expect(() => render('t.ejs', '<%= project.nam %>', { ...values, project: defaults })).toThrow('asks for "nam" in project.nam, which does not exist');
  for (const text of ['<%= proces.env %>', '<%= project.constructor %>', '<%= project.name.length %>', '<%= 7*7 %>', '<%- project.name %>', '<% if (1) { %>', '<%=project.name%>', '<%= process.exit() %>']) {
    expect(() => render('t.ejs', text, { ...values, project: defaults }), text).toThrow();
  }
});

test.each(['x"y', '$(touch pwned)', '<%= 7*7 %>', 'x\ny', '\u001b[31mx', '\u202ex', '名前', '-x', 'node_modules', 'con', '.git', 'x ', '/', '..', 'a'.repeat(10_000)].map(titled))(
  'the folder %s is refused, and nothing is made',
  async (_, folder) => {
    const cwd = temporaryFolder();
    const { exitCode, stderr } = await runCreate([...quiet, '--', folder], { cwd });
    expect([2, 5]).toContain(exitCode);
    expect(stderr).toMatch(/^[\x20-\x7e\n]{1,1000}$/);
    expect(readdirSync(cwd)).toEqual([]);
  },
);

test('a hostile folder with a good name is data in every step', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['<%= 7*7 %>', '$(touch pwned)', "a'b", 'a b;c', '%d', '{{x}}', 'a\\b']) {
    const { exitCode, stderr } = await runCreate(['--name', 'ok', ...quiet, '--', folder], { cwd });
    expect({ folder, exitCode, stderr }).toEqual({ folder, exitCode: 0, stderr: '' });
    expect(existsSync(join(cwd, folder, 'src/main.ts'))).toBe(true);
  }
  expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  expect(readdirSync(cwd)).toHaveLength(7);
});

test.each(['My App', 'x"y', '名前', '$(x)', '123', 'node', 'ab-', 'a'.repeat(300)])('the name suggested for %j is a good one', (text) => {
  const raw = suggestName(text);
  if (raw !== undefined) expect(readAnswers(new Map([['name', { raw, said: '--name' }]])).faults).toEqual([]);
});

test('ports that are the same are refused', () => {
  const { answers } = readAnswers(new Map([['port', { raw: '9464', said: '--port' }]]));
  expect(completeAnswers(answers, { name: 'x', packageManager: 'npm' }).faults).toHaveLength(1);
});

test.each([
  [{ adminPort: 9090 }, 'Prometheus'],
  [{ port: 8080 }, 'nginx'],
  [{ port: 443, domain: 'example.org' }, 'nginx'],
  [{ port: 8081 }, 'status page'],
  [{ adminPort: 3001 }, 'Grafana'],
  [{ adminPort: 9093 }, 'Alertmanager'],
  [{ port: 8060, alerts: ['dingtalk'] }, 'DingTalk'],
] as const)('the ports of %j are refused: one is that of another program', (given, owner) => {
  const faults = portFaults({ ...defaults, ...given });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(owner);
});

test('a port is free where the program that has it elsewhere is not emitted', () => {
  expect(portFaults({ ...defaults, proxy: 'none', alerts: [], deploy: ['systemd'], port: 8080, adminPort: 9093 })).toEqual([]);
});

const hostileAddresses = ['', 'team', '@example.com', 'a@b', 'a@b..com', 'a b@example.com', 'a@example.com,b@example.com', '"a"@example.com', "a'@example.com", 'a@example.com\nto: x', 'a{}@example.com', 'a#@example.com', `${'a'.repeat(70)}@example.com`, 'a@10.0.0.1', 'a: b@example.com', '<a@example.com>', '${x}@example.com', '-a@example.com', '.a@example.com', 'ü@example.com'];
test.each(hostileAddresses.map(titled))('the e-mail address %s is refused', (_, raw) => {
  expect(readAnswers(new Map([['alertEmail', { raw, said: '--alert-email' }]])).faults).toHaveLength(1);
});

const hostileUrls = [
  ...['', 'x', 'ftp://x', 'file:///etc/passwd', 'javascript:alert(1)', '//x', 'http://', 'http://x y', 'http://x/\n', "http://x/'", 'http://x/"', 'http://x/#a', 'http://x/${y}', 'http://x/{y}', 'http://x/ü', 'http:x', 'http:///x', 'http://x/y:', 'http://x:'], // the last four: browsers read them otherwise than Alertmanager and YAML
  ...['http://user:pass@x/', 'http://user@x/', 'https://x/?token=abc', 'https://x/?', 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx1', `http://x/${'a'.repeat(300)}`],
];
test.each(hostileUrls.map(titled))('the address %s is refused', (_, raw) => {
  const { faults } = readAnswers(new Map([['alertUrl', { raw, said: '--alert-url' }]]));
  expect(faults).toHaveLength(1);
});

test.each(['team@example.com', 'first.last+alerts@sub.example.co.uk'])('the e-mail address %s is taken, and harmless in every file', (alertEmail) => {
  expect(readAnswers(new Map([['alertEmail', { raw: alertEmail, said: '--alert-email' }]])).faults).toEqual([]);
  const files = compose({ ...defaults, alerts: ['email'], alertEmail });
  expectSound(files);
  expect(files.get('ops/alertmanager/alertmanager.yml')).toContain(`to: ${alertEmail}\n`);
});

test.each(['http://127.0.0.1:5001/alerts', 'https://alerts.example.org/hook', 'http://[::1]:8000/x'])('the address %s is taken, and harmless in every file', (alertUrl) => {
  expect(readAnswers(new Map([['alertUrl', { raw: alertUrl, said: '--alert-url' }]])).faults).toEqual([]);
  const files = compose({ ...defaults, alerts: ['webhook'], alertUrl });
  expectSound(files);
  expect(files.get('ops/alertmanager/alertmanager.yml')).toContain(`url: ${alertUrl}\n`);
});

/** A test's name need not hold ten thousand letters. */
function titled(text: string): [title: string, text: string] {
  return [JSON.stringify(text.length > 60 ? `${text.slice(0, 20)}... (${text.length})` : text), text];
}

/** Every emitted file still parses, and no file or path holds more than it should. */
function expectSound(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    expect(path).toMatch(/^[\w.-]+(\/[\w.-]+)*$/);
    expect(path.split('/')).not.toContain('..');
    if (path.endsWith('.json')) expect(() => JSON.parse(text) as unknown, path).not.toThrow();
    if (/\.ya?ml$/.test(path)) expect(parseAllDocuments(text).flatMap(({ errors }) => errors), path).toEqual([]);
  }
}
