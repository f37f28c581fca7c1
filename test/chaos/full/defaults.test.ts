import { describe, expect, it } from 'vitest';
import { watchForks } from '../harness/fork-watch.js';
import { send } from '../harness/requests.js';
import { allReady, startService } from '../harness/service.js';
import { sleep, stretched, until } from '../harness/time.js';

const HEARTBEAT_TIMEOUT_MS = 5000;
const SHUTDOWN_TIMEOUT_MS = 10_000;

describe('with the default timeouts', () => {
  it.each(['stopped', 'spinning'])('a %s worker is replaced in time by exactly one process', async (how) => {
    const service = await startService();
    const before = service.workers();
    const stopWatching = watchForks(service.pid);

    const hungAt = performance.now();
    if (how === 'stopped') before.slice(0, 1).forEach((pid) => process.kill(pid, 'SIGSTOP'));
    else void send({ port: service.port, path: '/hang' });
    await until('it is gone', () => before.some((pid) => !service.workers().includes(pid)));
    const goneAfterMs = performance.now() - hungAt;
    await allReady(service);

    expect(goneAfterMs).toBeLessThan(stretched(HEARTBEAT_TIMEOUT_MS + 1500));
    expect(stopWatching().born).toHaveLength(1);
  });

  it('a request that never ends holds up a shutdown no longer than the timeout', async () => {
    const service = await startService();
    void send({ port: service.port, path: '/stuck', timeoutMs: 30_000 });
    await sleep(300);

    const signalledAt = performance.now();
    service.signal('SIGTERM');
    const exit = await service.exited;

    expect(exit.code).toBe(1);
    expect(exit.at - signalledAt).toBeLessThan(stretched(SHUTDOWN_TIMEOUT_MS + 2000));
  });

  it('workers that die again and again are forked with growing delays, and the service stays', async () => {
    const service = await startService();
    const stopWatching = watchForks(service.pid);
    const endsAt = performance.now() + 30_000;
    while (performance.now() < endsAt) {
      service.workers().forEach((pid) => process.kill(pid, 'SIGKILL'));
      await sleep(100);
    }

    // 1, 2, 4, 8 s with jitter: at most 7 forks per slot in half a minute.
    expect(stopWatching().born.length).toBeLessThanOrEqual(14);
    expect((await send({ port: service.adminPort, path: '/livez' })).kind).toBe('ok');
    expect((await send({ port: service.adminPort, path: '/readyz' })).kind).toBe('status 503');
    await allReady(service, 2, 60_000);
  });
});
