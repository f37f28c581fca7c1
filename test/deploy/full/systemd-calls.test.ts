import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { unit } from '../../../templates/systemd/unit.js';
import { freePort } from '../../chaos/harness/ports.js';
import { liveChildren } from '../../chaos/harness/processes.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';
import { describeWith } from '../../ops/harness/programs.js';
import { composeWith, write } from '../harness/project.js';
import { run } from '../harness/run.js';

const NODE_MODULES = resolve(import.meta.dirname, '../../../node_modules');

describeWith('strace', 'the unit allows', () => {
  test('every system call of a service that starts, serves, computes, writes a snapshot, reloads and stops', { timeout: 240_000 }, async () => {
    const folder = write(composeWith());
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
    const built = await run('npm', ['run', 'build'], { folder });
    expect(built.code, built.said).toBe(0);

    const calls = await callsOf(folder);
    expect(calls.size).toBeGreaterThan(40);
    const { allowed, forbidden } = await filterOf(unit({ name: 'shop', proxy: 'nginx', port: 3000, adminPort: 9464 }));
    expect([...calls].filter((call) => !allowed.has(call))).toEqual([]);
    expect([...calls].filter((call) => forbidden.has(call))).toEqual([]);
  });
});

/** Has a service do all that it does, and tells the names of the system calls of all its processes. */
async function callsOf(folder: string): Promise<Set<string>> {
  const trace = join(folder, 'trace');
  const [port, adminPort] = [await freePort(), await freePort()];
  // With a socket to notify, so that systemd-notify is run as well; nobody listens there, which it survives.
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port), ADMIN_PORT: String(adminPort), WORKERS: '1', NOTIFY_SOCKET: join(folder, 'notify') };
  const tracer = spawn('strace', ['-f', '-qq', '-o', trace, process.execPath, 'dist/main.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  tracer.stdout.setEncoding('utf8').on('data', (text: string) => { log += text; });
  const exited = new Promise<number | null>((done) => { tracer.once('exit', done); });
  const primary = await until('strace has started the service', () => liveChildren(tracer.pid ?? 0)[0]);
  onTestFinished(() => {
    if (tracer.exitCode !== null) return;
    process.kill(primary, 'SIGKILL');
    tracer.kill('SIGKILL');
  });

  const said = (what: string): Promise<true> => until(`it says "${what}"`, () => log.includes(what), 60_000);
  await said('service ready');
  expect((await send({ port, path: '/' })).kind).toBe('ok');
  expect((await send({ port, path: '/process?count=1000' })).kind).toBe('ok');
  process.kill(primary, 'SIGUSR2');
  await said('heap snapshot written');
  process.kill(primary, 'SIGHUP');
  await said('reload completed');
  process.kill(primary, 'SIGTERM');
  expect(await exited, log).toBe(0);
  return new Set([...readFileSync(trace, 'utf8').matchAll(/^\d+ +(\w+)\(/gm)].map(([, call]) => call ?? ''));
}

/** The calls that the unit's SystemCallFilter lines allow and forbid, by systemd's own lists. */
async function filterOf(text: string): Promise<{ allowed: Set<string>; forbidden: Set<string> }> {
  const groups = [...text.matchAll(/^SystemCallFilter=(.*)$/gm)].flatMap(([, value]) => (value ?? '').split(' '));
  const callsIn = async (wanted: readonly string[]): Promise<Set<string>> => new Set((await Promise.all(wanted.map(expand))).flat());
  return {
    // Without it no program could run, so systemd allows it always.
    allowed: await callsIn(['@default', ...groups.filter((group) => !group.startsWith('~'))]),
    forbidden: await callsIn(groups.filter((group) => group.startsWith('~')).map((group) => group.slice(1))),
  };
}

async function expand(group: string): Promise<string[]> {
  const { said } = await run('systemd-analyze', ['syscall-filter', '--no-pager', group]);
  const members = said.split('\n').slice(1).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return (await Promise.all(members.map(async (member) => (member.startsWith('@') ? expand(member) : [member])))).flat();
}
