import { describe, expect, it } from 'vitest';
import { watchForks } from './harness/fork-watch.js';
import { startLoad, startMixedLoad } from './harness/load.js';
import { scrape, valueOf } from './harness/metrics.js';
import { breakRelease, copyProject } from './harness/project.js';
import { send } from './harness/requests.js';
import { allReady, launch, startService } from './harness/service.js';
import { sleep, until } from './harness/time.js';

const QUICK = { SHUTDOWN_LINGER_MS: '500', HEARTBEAT_INTERVAL_MS: '200' };

describe('a reload that is disturbed', () => {
  it('by the death of the new worker is aborted, and no request fails', async () => {
    const service = await startService({ env: QUICK });
    const first = service.workers();
    const load = startMixedLoad(service.port);

    service.signal('SIGHUP');
    const fresh = await until('there is a new worker', () => service.workers().find((pid) => !first.includes(pid)));
    await sleep(200);
    process.kill(fresh, 'SIGKILL');
    await until('the reload is aborted', async () => valueOf(await scrape(service.adminPort), 'hcnode_reloads_total', { outcome: 'aborted' }) === 1);
    await allReady(service);

    const { failures } = await load.stop();
    // The new one may have had a request of each client when it died.
    expect(failures.filter(({ kind }) => !['ECONNRESET', 'cut'].includes(kind))).toEqual([]);
    expect(failures.length).toBeLessThanOrEqual(16);
    expect(service.workers().sort()).toEqual(first.sort());
  });

  it('by the death of an old worker ends with two new ones and no more', async () => {
    const service = await startService({ env: QUICK });
    const first = service.workers();
    const stopWatching = watchForks(service.pid);

    service.signal('SIGHUP');
    await until('there is a new worker', () => service.workers().some((pid) => !first.includes(pid)));
    const [victim] = first;
    if (victim === undefined) throw new Error('there is no worker to kill');
    process.kill(victim, 'SIGKILL');
    await sleep(3000);
    await allReady(service);
    const forks = stopWatching();

    expect(forks.mostAtOnce).toBeLessThanOrEqual(4);
    expect(forks.born.length).toBeLessThanOrEqual(3);
  });

  it('by SIGTERM ends the service with exit code 0, and what is in flight is answered', async () => {
    const service = await startService({ env: QUICK });
    const first = service.workers();
    const slow = Array.from({ length: 6 }, () => send({ port: service.port, path: '/slow?ms=1500' }));
    service.signal('SIGHUP');
    await until('there is a new worker', () => service.workers().some((pid) => !first.includes(pid)));

    service.signal('SIGTERM');

    expect((await Promise.all(slow)).map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect((await service.exited).code).toBe(0);
    expect(service.processes()).toEqual([]);
  });

  it('by ten more signals still ends with two workers', async () => {
    const service = await startService({ env: QUICK });
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });

    for (let signal = 0; signal < 10; signal++) {
      service.signal('SIGHUP');
      await sleep(100);
    }
    await until('the reloads are completed', async () => valueOf(await scrape(service.adminPort), 'hcnode_reloads_total', { outcome: 'completed' }) === 2, 30_000);
    await allReady(service);

    expect((await load.stop()).failures).toEqual([]);
  });

  it('because the service had not started yet ends with all workers ready', async () => {
    const service = await launch();
    await until('there is a worker', () => service.workers().length > 0);

    service.signal('SIGHUP');

    await allReady(service);
    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
  });
});

describe('a release that is broken on disk', () => {
  it('does not touch the workers that run, nor the threads they have', async () => {
    const folder = copyProject();
    const service = await startService({ folder, env: { WORKERS: '1' } });
    expect((await send({ port: service.port, path: '/cpu?ms=1' })).kind).toBe('ok');
    breakRelease(folder);

    for (const path of ['/', '/cpu?ms=1']) expect([path, (await send({ port: service.port, path })).kind]).toEqual([path, 'ok']);
  });

  it('costs no worker that runs, even when its first thread has yet to start', async () => {
    const folder = copyProject();
    const service = await startService({ folder, env: { WORKERS: '1', TASK_TIMEOUT_MS: '500' } });
    const before = service.workers();
    breakRelease(folder);

    expect((await send({ port: service.port, path: '/cpu?ms=1' })).kind).toMatch(/^status 50[04]$/);
    await sleep(500);

    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
    expect(service.workers()).toEqual(before);
  });

  it('is not served when a worker dies, and the dead one comes back once it is mended', async () => {
    const folder = copyProject();
    const service = await startService({ folder, env: QUICK });
    const mend = breakRelease(folder);
    const [victim, survivor] = service.workers();
    if (victim === undefined || survivor === undefined) throw new Error('two workers were expected');

    process.kill(victim, 'SIGKILL');
    await sleep(2500);
    expect(service.workers()).toContain(survivor);
    expect((await Promise.all(Array.from({ length: 10 }, () => send({ port: service.port, path: '/' })))).filter(({ kind }) => kind !== 'ok')).toEqual([]);
    mend();

    await allReady(service, 2, 30_000);
  });
});
