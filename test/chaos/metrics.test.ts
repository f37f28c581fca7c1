import { describe, expect, it } from 'vitest';
import { startLoad } from './harness/load.js';
import { scrape, valueOf, watchCounters } from './harness/metrics.js';
import { send } from './harness/requests.js';
import { allReady, startService } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

describe('the metrics of a service', () => {
  it('never go backwards and fail no scrape while five workers are killed under load', async () => {
    const service = await startService();
    const load = startLoad({ port: service.port, clients: 6, connections: 'keep-alive' });
    const stopScraping = watchCounters(service.adminPort, 250);

    for (let kill = 0; kill < 5; kill++) {
      await sleep(700);
      const [victim] = service.workers();
      if (victim === undefined) throw new Error('there is no worker to kill');
      process.kill(victim, 'SIGKILL');
      await until('the victim is gone', () => !service.workers().includes(victim));
      await allReady(service, 2, 40_000);
    }
    await load.stop();
    const report = await stopScraping();

    expect(report.failed).toEqual([]);
    expect(report.backwards).toEqual([]);
    expect(report.scrapes).toBeGreaterThan(10);
    expect(Math.max(...report.durationsMs)).toBeLessThan(stretched(1000));
  });

  it('count every answered request once, also of workers that left in a reload', async () => {
    const service = await startService({ env: { SHUTDOWN_LINGER_MS: '300' } });
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });
    await sleep(1000);
    service.signal('SIGHUP');
    await until('the reload is completed', async () => valueOf(await scrape(service.adminPort), 'hcnode_reloads_total', { outcome: 'completed' }) === 1, 30_000);
    await allReady(service);
    const { ok, failures } = await load.stop();

    expect(failures).toEqual([]);
    const counted = async () => valueOf(await scrape(service.adminPort), 'http_requests_total', { route: '/', status: '200' });
    await until('the last second has been told', async () => (await counted()) >= ok, 5000);
    await sleep(1500);
    expect(await counted()).toBe(ok);
  });

  it('come at once when a worker is stopped, and say that one is missing', async () => {
    const service = await startService({ env: { HEARTBEAT_TIMEOUT_MS: '8000' } });
    const [stopped] = service.workers();
    if (stopped === undefined) throw new Error('there is no worker to stop');

    process.kill(stopped, 'SIGSTOP');
    const stopScraping = watchCounters(service.adminPort, 100);
    await until('it is missed', async () => valueOf(await scrape(service.adminPort), 'hcnode_scrape_missing_workers') === 1, 5000);
    const report = await stopScraping();
    process.kill(stopped, 'SIGCONT');

    expect(report.failed).toEqual([]);
    expect(Math.max(...report.durationsMs)).toBeLessThan(stretched(1000));
    await until('it is back', async () => valueOf(await scrape(service.adminPort), 'hcnode_scrape_missing_workers') === 0, 5000);
  });

  it('hold the route and never the path', async () => {
    const service = await startService();
    for (const path of ['/nowhere/1', '/nowhere/2?secret=1', '/slow?ms=1']) await send({ port: service.port, path });
    const counted = async (labels: Record<string, string>) => valueOf(await scrape(service.adminPort), 'http_requests_total', labels);
    await until('the known route is counted', async () => (await counted({ route: '/slow' })) === 1, 5000);
    // Perhaps by the other worker, which pushes when it does.
    await until('the unknown ones are counted', async () => (await counted({ route: 'unmatched', status: '404' })) === 2, 5000);
    const samples = await scrape(service.adminPort);

    expect([...samples.keys()].filter((series) => /nowhere|secret/.test(series))).toEqual([]);
  });

  it('are not on the public port', async () => {
    const service = await startService();

    expect((await send({ port: service.port, path: '/metrics' })).kind).toBe('status 404');
  });
});
