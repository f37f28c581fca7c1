import { describe, expect, it } from 'vitest';
import { scrape, valueOf } from './harness/metrics.js';
import { send } from './harness/requests.js';
import { startService } from './harness/service.js';
import { sleep, until } from './harness/time.js';

const ONE_THREAD = { WORKERS: '1', TASK_THREADS: '1' };

const tasks = async (adminPort: number, outcome: string): Promise<number> => valueOf(await scrape(adminPort), 'hcnode_tasks_total', { outcome });

describe('the thread pool', () => {
  it('answers 503 with Retry-After when its queue is full, and works on', async () => {
    const service = await startService({ env: { ...ONE_THREAD, TASK_QUEUE_MAX: '2' } });

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send({ port: service.port, path: '/cpu?ms=400' })));
    const refused = outcomes.filter(({ kind }) => kind === 'status 503');

    // One runs and two wait; the pool may take one more while the first is being handed over.
    expect(outcomes.filter(({ kind }) => kind === 'ok').length).toBeGreaterThanOrEqual(2);
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(outcomes.filter(({ kind }) => kind !== 'ok' && kind !== 'status 503')).toEqual([]);
    expect(refused.every(({ answer }) => Number(answer?.headers['retry-after']) > 0)).toBe(true);
    expect((await send({ port: service.port, path: '/cpu?ms=10' })).kind).toBe('ok');
    await until('the refused are counted', async () => (await tasks(service.adminPort, 'rejected')) === refused.length, 5000);
  });

  it('answers 504 for a task that takes too long, and the next one works', async () => {
    const service = await startService({ env: { ...ONE_THREAD, TASK_TIMEOUT_MS: '500' } });
    await send({ port: service.port, path: '/cpu?ms=1' });

    expect((await send({ port: service.port, path: '/cpu?ms=60000' })).kind).toBe('status 504');
    expect((await send({ port: service.port, path: '/cpu?ms=1' })).kind).toBe('ok');
    await until('the timeout is counted', async () => (await tasks(service.adminPort, 'timeout')) === 1, 5000);
  });

  it('gives up a task whose client has left', async () => {
    const service = await startService({ env: ONE_THREAD });
    await send({ port: service.port, path: '/cpu?ms=1' });
    const leaving = new AbortController();
    const abandoned = send({ port: service.port, path: '/cpu?ms=60000', signal: leaving.signal });
    await sleep(500);

    leaving.abort();
    await abandoned;

    expect((await send({ port: service.port, path: '/cpu?ms=1', timeoutMs: 10_000 })).kind).toBe('ok');
    await until('the given up one is counted', async () => (await tasks(service.adminPort, 'aborted')) === 1, 5000);
  });

  it('answers 400 for a count that is no count', async () => {
    const service = await startService({ entry: 'dist/main.js' });

    for (const count of ['0', '-1', '1.5', 'abc', '1e99', '']) {
      expect([count, (await send({ port: service.port, path: `/process?count=${count}` })).kind]).toEqual([count, 'status 400']);
    }
    expect((await send({ port: service.port, path: '/process?count=1000' })).kind).toBe('ok');
  });
});

describe('the default build', () => {
  it('has none of the routes that misbehave', async () => {
    const service = await startService({ entry: 'dist/main.js', env: { WORKERS: '1' } });

    for (const path of ['/slow', '/block?ms=1', '/hang', '/stuck', '/crash', '/cpu?ms=1', '/cpu-inline?ms=1', '/ws']) {
      expect([path, (await send({ port: service.port, path })).kind]).toEqual([path, 'status 404']);
    }
  });
});
