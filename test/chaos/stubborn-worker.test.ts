import { describe, expect, it } from 'vitest';
import { send } from './harness/requests.js';
import { launch, startService } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

const SHUTDOWN_TIMEOUT_MS = 2000;
const env = { SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS), SHUTDOWN_LINGER_MS: '300' };

describe.each(['stopped', 'spinning'])('a worker that is %s', (how) => {
  it('holds up a shutdown for the timeout only, and the other one answers what it has', async () => {
    const service = await startService({ env });
    const [victim] = service.workers();
    if (victim === undefined) throw new Error('there is no worker to stop');
    if (how === 'stopped') process.kill(victim, 'SIGSTOP');
    else void send({ port: service.port, path: '/hang' });
    await sleep(200);

    const signalledAt = performance.now();
    service.signal('SIGTERM');
    const exit = await service.exited;

    expect(exit.code).toBe(1);
    expect(exit.at - signalledAt).toBeLessThan(stretched(SHUTDOWN_TIMEOUT_MS + 2000));
    expect(service.processes()).toEqual([]);
  });
});

describe('a service whose primary was killed', () => {
  it('can be started again at once on the same port, though its old workers still answer', async () => {
    const service = await startService();
    const slow = send({ port: service.port, path: '/slow?ms=2000' });
    await sleep(300);

    service.signal('SIGKILL');
    await service.exited;
    const next = await launch({ env: { PORT: String(service.port) } });
    await until('it answers', async () => (await send({ port: service.port, path: '/' })).kind === 'ok', 10_000);

    expect((await slow).kind).toBe('ok');
    expect(next.log()).not.toMatch(/taken/);
  });
});

describe('a worker that throws while others requests are inside it', () => {
  it('answers them before it leaves, and no new connection is refused', async () => {
    const service = await startService({ env: { WORKERS: '1' } });
    const slow = Array.from({ length: 4 }, () => send({ port: service.port, path: '/slow?ms=1000' }));
    await sleep(300);

    await send({ port: service.port, path: '/crash' });
    const fresh = await Promise.all(Array.from({ length: 20 }, () => send({ port: service.port, path: '/' })));

    expect((await Promise.all(slow)).map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(fresh.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  });
});

describe('the death of all workers at once', () => {
  it('makes new connections wait, not fail', async () => {
    const service = await startService();

    service.workers().forEach((pid) => process.kill(pid, 'SIGKILL'));
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => send({ port: service.port, path: '/' })));

    expect(outcomes.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  });
});
