import { describe, expect, inject, it } from 'vitest';
import { percentile, startLoad } from './harness/load.js';
import { scrape, valueOf } from './harness/metrics.js';
import { send } from './harness/requests.js';
import { startService } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

describe.each(inject('sideModes'))('an overloaded service with LISTEN=%s', (LISTEN) => {
  it('sheds new requests with 503 and Retry-After, stays alive, and recovers', async () => {
    const service = await startService({ env: { LISTEN, MAX_EVENT_LOOP_DELAY_MS: '100' } });
    const before = service.workers();
    const heavy = startLoad({ port: service.port, clients: 12, connections: 'keep-alive', path: '/cpu-inline?ms=300', pauseMs: 1 });

    const shed = await until('a request is shed', async () => {
      const outcome = await send({ port: service.port, path: '/' });
      return outcome.kind === 'status 503' && outcome;
    });
    const alive = await Promise.all(Array.from({ length: 4 }, () => send({ port: service.port, path: '/livez' })));
    const { failures } = await heavy.stop();

    expect(Number(shed.answer?.headers['retry-after'])).toBeGreaterThan(0);
    expect(alive.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(failures.filter(({ kind }) => kind !== 'status 503')).toEqual([]);
    await until('it has recovered', async () => {
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => send({ port: service.port, path: '/' })));
      return outcomes.every(({ kind }) => kind === 'ok');
    }, 15_000);
    await until('shed requests are counted', async () => valueOf(await scrape(service.adminPort), 'http_requests_shed_total') > 0, 5000);
    expect(service.workers()).toEqual(before);
  });
});

describe('a worker that has just started', () => {
  it('does not shed because its start took the event loop', async () => {
    // No start takes less than this limit, and no quick request takes more of a second than half.
    const service = await startService({ env: { MAX_EVENT_LOOP_DELAY_MS: '100', MAX_EVENT_LOOP_UTILIZATION: '0.98' } });

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send({ port: service.port, path: '/' })));

    expect(outcomes.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  });
});

describe('CPU work in the thread pool', () => {
  it('leaves the light route quick', async () => {
    const service = await startService();
    const idle = startLoad({ port: service.port, clients: 4, connections: 'keep-alive', pauseMs: 20 });
    await sleep(3000);
    const idleP99Ms = percentile((await idle.stop()).durationsMs, 0.99);

    const heavy = startLoad({ port: service.port, clients: 4, connections: 'keep-alive', path: '/cpu?ms=80', pauseMs: 0, timeoutMs: 30_000 });
    await sleep(500);
    const light = startLoad({ port: service.port, clients: 4, connections: 'keep-alive', pauseMs: 20 });
    await sleep(4000);
    const loaded = await light.stop();
    const heavyResult = await heavy.stop();

    expect(loaded.failures).toEqual([]);
    expect(heavyResult.failures).toEqual([]);
    expect(heavyResult.ok).toBeGreaterThan(3);
    // Generous, for a busy machine: work on the event loop itself takes the light route to seconds. The benchmark has the exact ratio.
    expect(percentile(loaded.durationsMs, 0.99)).toBeLessThan(Math.max(3 * idleP99Ms, stretched(250)));
  });
});
