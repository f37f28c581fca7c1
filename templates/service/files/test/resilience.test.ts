import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

import { ask, startLoad } from './support/load.js';
import { isRunning, type Service, waitUntil, withService } from './support/service.js';

const APP = fileURLToPath(new URL('../dist/app/app.js', import.meta.url));

const readyPids = async ({ workers }: Service): Promise<number[]> =>
  (await workers()).filter(({ state }) => state === 'ready').map(({ pid }) => pid);

/** Waits until a worker is gone and the others are two again. @returns who they are */
async function replaced(service: Service, gone: number): Promise<number[]> {
  await waitUntil(async () => {
    const pids = await readyPids(service);
    return pids.length === 2 && !pids.includes(gone);
  }, `worker ${gone} is replaced`);
  return readyPids(service);
}

test('a killed worker is replaced once, and new requests are still answered', async () => {
  await withService({}, async (service) => {
    const [victim = 0, other = 0] = await readyPids(service);
    const stop = startLoad(service.url);
    process.kill(victim, 'SIGKILL');
    const pids = await replaced(service, victim);
    const { answered, failures } = await stop();
    assert.ok(pids.includes(other));
    assert.ok(answered > 0);
    assert.ok((failures['ECONNREFUSED'] ?? 0) === 0, JSON.stringify(failures));
    assert.equal(await service.metric('hcnode_worker_restarts_total{reason="crash"}'), 1);
  });
});

test('a hung worker is replaced, and the log says where it hung', async () => {
  await withService({ HEARTBEAT_TIMEOUT_MS: '2000', HEARTBEAT_INTERVAL_MS: '200' }, async (service) => {
    const before = await readyPids(service);
    void ask(`${service.url}/hang`);
    await waitUntil(async () => (await service.metric('hcnode_worker_restarts_total{reason="hang"}')) === 1, 'the hang is noticed');
    await waitUntil(async () => (await readyPids(service)).length === 2, 'two workers are ready again');
    assert.equal((await readyPids(service)).filter((pid) => before.includes(pid)).length, 1);
    assert.match(service.log(), /event loop hangs/);
    assert.match(service.log(), /spin .*chaos-app\.js:\d+/);
  });
});

test('a long but finite block kills nobody', async () => {
  await withService({ HEARTBEAT_TIMEOUT_MS: '4000' }, async (service) => {
    const before = await readyPids(service);
    assert.equal(await ask(`${service.url}/block?ms=2500`), '200');
    await wait(1000);
    assert.deepEqual(await readyPids(service), before);
  });
});

test('a rolling reload under load fails no request', async () => {
  await withService({ SHUTDOWN_LINGER_MS: '500' }, async (service) => {
    const before = await readyPids(service);
    const stops = [startLoad(service.url), startLoad(service.url, { keepAlive: false, connections: 2 }), startLoad(`${service.url}/slow?ms=300`)];
    service.kill('SIGHUP');
    await waitUntil(async () => (await service.metric('hcnode_reloads_total{outcome="completed"}')) === 1, 'the reload completes');
    const results = await Promise.all(stops.map(async (stop) => stop()));
    for (const { answered, failures } of results) {
      assert.ok(answered > 0);
      assert.deepEqual(failures, {});
    }
    assert.equal((await readyPids(service)).filter((pid) => before.includes(pid)).length, 0);
  });
});

test('a release that cannot start leaves the old workers serving', async () => {
  await withService({}, async (service) => {
    const before = await readyPids(service);
    const good = await readFile(APP, 'utf8');
    await writeFile(APP, 'throw new Error("a broken release");');
    try {
      service.kill('SIGHUP');
      await waitUntil(async () => (await service.metric('hcnode_reloads_total{outcome="aborted"}')) === 1, 'the reload is aborted');
    } finally {
      await writeFile(APP, good);
    }
    assert.deepEqual(await readyPids(service), before);
    assert.equal(await ask(service.url), '200');
  });
});

test('a stop answers what is in flight, then exits 0', async () => {
  await withService({ SHUTDOWN_LINGER_MS: '300' }, async (service) => {
    const pids = await readyPids(service);
    const slow = Array.from({ length: 8 }, async () => ask(`${service.url}/slow?ms=1500`));
    await waitUntil(async () => (await service.metric('http_requests_in_flight')) === 8, 'all are in flight');
    service.kill('SIGTERM');
    for (const pid of pids) process.kill(pid, 'SIGTERM');
    assert.deepEqual(await Promise.all(slow), new Array(8).fill('200'));
    assert.equal(await service.exit, 0);
  });
});

test('a request that never ends is cut when the time is over', async () => {
  await withService({ SHUTDOWN_TIMEOUT_MS: '1000' }, async (service) => {
    void ask(`${service.url}/stuck`);
    await waitUntil(async () => (await service.metric('http_requests_in_flight')) === 1, 'it is in flight');
    service.kill('SIGTERM');
    assert.equal(await service.exit, 1);
  });
});

test('workers whose primary was killed leave by themselves, even one that hangs', async () => {
  await withService({}, async (service) => {
    const pids = await readyPids(service);
    void ask(`${service.url}/hang`);
    await wait(200);
    service.kill('SIGKILL');
    await waitUntil(() => !pids.some(isRunning), 'no worker is left');
  });
});

test('an overloaded worker refuses at once, stays alive, and recovers', async () => {
  await withService({ WORKERS: '1', MAX_EVENT_LOOP_DELAY_MS: '50' }, async (service) => {
    const stop = startLoad(`${service.url}/cpu-inline?ms=150`, { connections: 4, keepAlive: false });
    await waitUntil(async () => (await ask(service.url)) === '503', 'requests are shed');
    assert.equal(await ask(`${service.url}/livez`), '200');
    const { failures } = await stop();
    assert.deepEqual(Object.keys(failures), ['503']);
    await waitUntil(async () => (await ask(service.url)) === '200', 'it recovers');
  });
});

test('a full task queue and a late task have their own answers, and threads stay usable', async () => {
  await withService({ WORKERS: '1', TASK_THREADS: '1', TASK_QUEUE_MAX: '1', TASK_TIMEOUT_MS: '1500' }, async ({ url }) => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, async () => ask(`${url}/cpu?ms=60000`)));
    assert.ok(outcomes.includes('503'), outcomes.join());
    assert.ok(outcomes.includes('504'), outcomes.join());
    assert.equal(await ask(`${url}/cpu?ms=1`), '200');
  });
});
