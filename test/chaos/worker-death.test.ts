import { describe, expect, it } from 'vitest';
import { watchForks } from './harness/fork-watch.js';
import { startLoad } from './harness/load.js';
import { scrape, valueOf } from './harness/metrics.js';
import { send } from './harness/requests.js';
import { allReady, startService } from './harness/service.js';
import { sleep, until } from './harness/time.js';

const KILLS = 5;

describe.each(['dispatch', 'shared'])('SIGKILL of a worker with LISTEN=%s', (LISTEN) => {
  it('loses only the requests inside it, and is answered by exactly one replacement each time', async () => {
    const service = await startService({ env: { LISTEN } });
    const keepAlive = startLoad({ port: service.port, clients: 8, connections: 'keep-alive' });
    const fresh = startLoad({ port: service.port, clients: 4, connections: 'fresh' });
    const stopWatching = watchForks(service.pid);

    for (let kill = 0; kill < KILLS; kill++) {
      const [victim] = service.workers();
      if (victim === undefined) throw new Error('there is no worker to kill');
      process.kill(victim, 'SIGKILL');
      await until('the victim is gone', () => !service.workers().includes(victim));
      await allReady(service, 2, 40_000);
      await sleep(300);
    }
    const forks = stopWatching();
    const results = [await keepAlive.stop(), await fresh.stop()];
    const failures = results.flatMap((result) => result.failures);

    // A client has one request at a time: more than that per kill would be one that was not inside.
    expect(results[0]?.failures.length).toBeLessThanOrEqual(KILLS * 8);
    expect(results[1]?.failures.length).toBeLessThanOrEqual(KILLS * 4);
    expect(failures.filter(({ kind }) => !['ECONNRESET', 'EPIPE', 'cut'].includes(kind))).toEqual([]);
    expect(forks.born).toHaveLength(KILLS);
    expect(forks.mostAtOnce).toBeLessThanOrEqual(3);
    expect(valueOf(await scrape(service.adminPort), 'hcnode_worker_restarts_total', { reason: 'crash' })).toBe(KILLS);
  });

  it('costs nothing when no request is inside it', async () => {
    const service = await startService({ env: { LISTEN } });
    const [victim] = service.workers();
    if (victim === undefined) throw new Error('there is no worker to kill');

    process.kill(victim, 'SIGKILL');
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => send({ port: service.port, path: '/' })));

    expect(outcomes.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  });
});

describe('a worker that throws', () => {
  it('is replaced by exactly one other', async () => {
    const service = await startService();
    const before = service.workers();
    const stopWatching = watchForks(service.pid);

    expect((await send({ port: service.port, path: '/crash' })).kind).toBe('ok');
    await until('it is replaced', () => service.workers().some((pid) => !before.includes(pid)));
    await allReady(service);

    expect(stopWatching().born).toHaveLength(1);
    expect(service.log()).toMatch(/crash/);
  });
});

describe('signals to the workers alone', () => {
  it('fail no request, whichever they are', async () => {
    const service = await startService({ env: { SHUTDOWN_LINGER_MS: '500' } });
    const load = startLoad({ port: service.port, clients: 6, connections: 'keep-alive' });

    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      service.workers().slice(0, 1).forEach((pid) => process.kill(pid, name));
      await sleep(1500);
    }
    await allReady(service);

    expect((await load.stop()).failures).toEqual([]);
  });
});
