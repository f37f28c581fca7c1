import { describe, expect, it } from 'vitest';
import { watchForks } from './harness/fork-watch.js';
import { startLoad } from './harness/load.js';
import { scrape, valueOf } from './harness/metrics.js';
import { send } from './harness/requests.js';
import { allReady, startService } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

const HEARTBEAT_TIMEOUT_MS = 3000;
const env = { HEARTBEAT_TIMEOUT_MS: String(HEARTBEAT_TIMEOUT_MS) };

describe.each(['dispatch', 'shared'])('a hung worker with LISTEN=%s', (LISTEN) => {
  it('is replaced in time by exactly one process when it is stopped', async () => {
    const service = await startService({ env: { ...env, LISTEN } });
    const [victim] = service.workers();
    if (victim === undefined) throw new Error('there is no worker to stop');
    const stopWatching = watchForks(service.pid);
    const load = startLoad({ port: service.port, clients: 4, connections: 'fresh' });

    const stoppedAt = performance.now();
    process.kill(victim, 'SIGSTOP');
    await until('it is gone', () => !service.workers().includes(victim));
    const goneAfterMs = performance.now() - stoppedAt;
    await allReady(service);
    const forks = stopWatching();
    const { failures } = await load.stop();

    expect(goneAfterMs).toBeLessThan(stretched(HEARTBEAT_TIMEOUT_MS + 1500));
    expect(forks.born).toHaveLength(1);
    expect(forks.mostAtOnce).toBeLessThanOrEqual(3);
    // Those inside it are lost, one per client at most; none is refused and none has no end.
    expect(failures.length).toBeLessThanOrEqual(4);
    expect(failures.filter(({ kind }) => !['ECONNRESET', 'cut'].includes(kind))).toEqual([]);
    expect(valueOf(await scrape(service.adminPort), 'hcnode_worker_restarts_total', { reason: 'hang' })).toBe(1);
  });

  it('is replaced in time by exactly one process when it spins, and the log says where', async () => {
    const service = await startService({ env: { ...env, LISTEN } });
    const before = service.workers();
    const stopWatching = watchForks(service.pid);

    const hungAt = performance.now();
    const lost = send({ port: service.port, path: '/hang' });
    await until('one of them is gone', () => before.some((pid) => !service.workers().includes(pid)));
    const goneAfterMs = performance.now() - hungAt;
    await allReady(service);

    expect(goneAfterMs).toBeLessThan(stretched(HEARTBEAT_TIMEOUT_MS + 1500));
    expect((await lost).kind).toMatch(/^(ECONNRESET|cut)$/);
    expect(stopWatching().born).toHaveLength(1);
    expect(service.log()).toMatch(/\bspin\b.*:\d+/);
  });
});

describe('a service that is only slow', () => {
  it('keeps its workers through blocks of the event loop shorter than the timeout', async () => {
    const service = await startService();
    const before = service.workers();

    const outcomes = await Promise.all(Array.from({ length: 4 }, () => send({ port: service.port, path: '/block?ms=1500' })));
    await sleep(1000);

    expect(outcomes.filter(({ kind }) => kind !== 'ok' && kind !== 'status 503')).toEqual([]);
    expect(service.workers()).toEqual(before);
  });

  it('keeps its workers when all of it was stopped for longer than the timeout', async () => {
    const service = await startService({ env });
    const before = service.workers();

    service.signalGroup('SIGSTOP');
    await sleep(HEARTBEAT_TIMEOUT_MS + 1500);
    service.signalGroup('SIGCONT');
    await sleep(2000);

    expect(service.workers()).toEqual(before);
    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
  });

  it('keeps its workers when only the primary was stopped for longer than the timeout', async () => {
    const service = await startService({ env });
    const before = service.workers();

    service.signal('SIGSTOP');
    await sleep(HEARTBEAT_TIMEOUT_MS + 1500);
    service.signal('SIGCONT');
    await sleep(2000);

    expect(service.workers()).toEqual(before);
    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
  });
});
