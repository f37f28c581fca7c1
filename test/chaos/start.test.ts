import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchForks } from './harness/fork-watch.js';
import { launch } from './harness/service.js';
import { stretched } from './harness/time.js';

describe('workers that die before they are ready', () => {
  it('end the service with exit code 1, its reason, and few forks', async () => {
    const startedAt = performance.now();
    const service = await launch({ env: { CRASH_AT_START: '1' } });
    const stopWatching = watchForks(service.pid);
    const exit = await service.exited;

    expect(exit.code).toBe(1);
    expect(exit.at - startedAt).toBeLessThan(stretched(5000));
    // N + 2 for N = 2 workers: three deaths, and one that was starting meanwhile.
    expect(stopWatching().born.length).toBeLessThanOrEqual(4);
    expect(service.log()).toMatch(/start|ready/i);
    expect(service.processes()).toEqual([]);
  });
});

describe.each(['dispatch', 'shared'])('a port that somebody else has, with LISTEN=%s', (LISTEN) => {
  it.each(['PORT', 'ADMIN_PORT'])('%s ends the service with exit code 1 and one line that names it, without a fork', async (variable) => {
    const port = await takePort();
    const startedAt = performance.now();
    const service = await launch({ env: { LISTEN, [variable]: String(port) } });
    const stopWatching = watchForks(service.pid);
    const exit = await service.exited;

    expect(exit.code).toBe(1);
    expect(exit.at - startedAt).toBeLessThan(stretched(1500));
    expect(stopWatching().born).toEqual([]);
    const lines = service.log().trim().split('\n');
    expect(lines.filter((line) => new RegExp(`\\b${variable}\\b`).test(line))).toHaveLength(1);
    expect(service.log()).toContain(String(port));
  });
});

describe('a variable that is not accepted', () => {
  it.each([
    { env: { PORT: 'abc' }, faults: 1 },
    { env: { WORKERS: '0' }, faults: 1 },
    { env: { PORT: '80a', SHUTDOWN_TIMEOUT_MS: '-1' }, faults: 2 },
    { env: { ADMIN_TOKEN: 'with a space' }, faults: 1 },
    { env: { LISTEN: 'reuse' }, faults: 1 },
    { env: { MIN_WORKERS: '4', MAX_WORKERS: '2' }, faults: 1 },
  ])('ends the service with exit code 78 and one line for each fault: $env', async ({ env, faults }) => {
    const startedAt = performance.now();
    const service = await launch({ env });
    const stopWatching = watchForks(service.pid);
    const exit = await service.exited;
    const lines = service.log().trim().split('\n');

    expect(exit.code).toBe(78);
    expect(exit.at - startedAt).toBeLessThan(stretched(1500));
    expect(stopWatching().born).toEqual([]);
    expect(lines).toHaveLength(faults);
    for (const variable of Object.keys(env).slice(0, faults)) expect(lines.filter((line) => line.includes(variable))).toHaveLength(1);
  });
});

/** A port that is listened on until the test ends. */
async function takePort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server on a port, not on a path, has an address of this kind.
  return (server.address() as AddressInfo).port;
}
