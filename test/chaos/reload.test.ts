import { describe, expect, it } from 'vitest';
import { watchForks } from './harness/fork-watch.js';
import { startLoad, startMixedLoad } from './harness/load.js';
import { scrape, valueOf } from './harness/metrics.js';
import { breakRelease, copyProject } from './harness/project.js';
import { allReady, startService } from './harness/service.js';
import type { Service } from './harness/service.js';
import { sleep, until } from './harness/time.js';

// A short linger makes three reloads fit into a quick test; it is still longer than the pauses of every client.
const QUICK = { SHUTDOWN_LINGER_MS: '500', HEARTBEAT_INTERVAL_MS: '200' };

const reloads = async (service: Service, outcome: string): Promise<number> => valueOf(await scrape(service.adminPort), 'hcnode_reloads_total', { outcome });

describe.each(['dispatch', 'shared'])('a rolling reload with LISTEN=%s', (LISTEN) => {
  it('loses no request in three reloads, one of them asked for twice', async () => {
    const service = await startService({ env: { ...QUICK, LISTEN } });
    const load = startMixedLoad(service.port);
    const stopWatching = watchForks(service.pid);
    const first = service.workers();

    for (const signals of [1, 1, 2]) {
      const before = await reloads(service, 'completed');
      for (let sent = 0; sent < signals; sent++) service.signal('SIGHUP');
      await until('the reload is completed', async () => (await reloads(service, 'completed')) > before, 30_000);
      await allReady(service);
      await sleep(300);
    }
    await allReady(service);
    const { ok, failures } = await load.stop();
    const forks = stopWatching();

    expect(failures).toEqual([]);
    expect(ok).toBeGreaterThan(100);
    expect(service.workers().some((pid) => first.includes(pid))).toBe(false);
    // N serving, one starting, one draining.
    expect(forks.mostAtOnce).toBeLessThanOrEqual(4);
  });
});

describe('a release that cannot start', () => {
  it.each(['dispatch', 'shared'])('fails no request, is forked once per reload, and the old workers go on (LISTEN=%s)', async (LISTEN) => {
    const folder = copyProject();
    const service = await startService({ folder, env: { ...QUICK, LISTEN } });
    const first = service.workers();
    breakRelease(folder);
    const load = startMixedLoad(service.port);
    const stopWatching = watchForks(service.pid);

    for (const reload of [1, 2]) {
      service.signal('SIGHUP');
      await until('the reload is aborted', async () => (await reloads(service, 'aborted')) === reload, 30_000);
    }
    await sleep(1000);
    const { ok, failures } = await load.stop();
    const forks = stopWatching();

    expect(failures).toEqual([]);
    expect(ok).toBeGreaterThan(50);
    expect(forks.born.length).toBeLessThanOrEqual(2);
    expect(service.workers().sort()).toEqual(first.sort());
    expect(await reloads(service, 'completed')).toBe(0);
  });

  it('can be followed by a good one', async () => {
    const folder = copyProject();
    const service = await startService({ folder, env: QUICK });
    const first = service.workers();
    const mend = breakRelease(folder);
    service.signal('SIGHUP');
    await until('the reload is aborted', async () => (await reloads(service, 'aborted')) === 1);
    mend();
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });

    service.signal('SIGHUP');
    await until('the reload is completed', async () => (await reloads(service, 'completed')) === 1, 30_000);
    await allReady(service);

    expect((await load.stop()).failures).toEqual([]);
    expect(service.workers().some((pid) => first.includes(pid))).toBe(false);
  });
});
