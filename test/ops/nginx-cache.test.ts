import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { send } from '../chaos/harness/requests.js';
import { sleep, until } from '../chaos/harness/time.js';
import { type Echo, startEcho } from './harness/echo.js';
import { type Nginx, startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';
import { sendFrom } from './harness/send-from.js';

describeWith('nginx', 'the cache of nginx', () => {
  let echo: Echo;
  let nginx: Nginx;

  beforeAll(async () => {
    echo = await startEcho();
    nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: echo.port, requestsPerSecond: 100_000 });
  });
  afterAll(async () => {
    await nginx.stop();
    await echo.stop();
  });

  const ask = async (path: string, control: string, headers: Record<string, string> = {}): Promise<{ cache: unknown; id: unknown; seenId: string; asked: number }> => {
    const before = echo.answered;
    const { answer } = await send({ port: nginx.port, path: `${path}?cache-control=${encodeURIComponent(control)}`, headers });
    const seen = JSON.parse(answer?.body ?? '{}') as Record<string, string>;
    return { cache: answer?.headers['x-cache'], id: answer?.headers['x-request-id'], seenId: seen['x-request-id'] ?? '', asked: echo.answered - before };
  };

  test('keeps nothing that the service has not marked', async () => {
    for (const control of ['', 'no-store', 'no-cache', 'private, max-age=60', 'max-age=0']) {
      await ask('/unmarked', control);
      expect(await ask('/unmarked', control), control).toMatchObject({ asked: 1 });
    }
  });

  test('answers from the cache what is marked, with an id for each request', async () => {
    const first = await ask('/marked', 'max-age=60');
    const second = await ask('/marked', 'max-age=60');
    expect([first.cache, second.cache]).toEqual(['MISS', 'HIT']);
    expect([first.asked, second.asked]).toEqual([1, 0]);
    expect(second.seenId).toBe(first.seenId);
    expect(second.id).not.toBe(first.id);
    expect(second.id).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([{ authorization: 'Bearer x' }, { cookie: 'session=x' }])('somebody in particular (%j) gets nothing from it, and leaves nothing', async (headers) => {
    const path = `/personal-${Object.keys(headers).join('')}`;
    await ask(path, 'max-age=60', headers);
    expect(await ask(path, 'max-age=60')).toMatchObject({ cache: 'MISS', asked: 1 });
    expect(await ask(path, 'max-age=60', headers)).toMatchObject({ cache: 'BYPASS', asked: 1 });
  });

  test('gives the old answer at once while it fetches the new one', async () => {
    const control = 'max-age=1, stale-while-revalidate=60';
    const old = await ask('/stale', control);
    await sleep(2100);
    const stale = await ask('/stale', control);
    expect(stale).toMatchObject({ cache: 'STALE', seenId: old.seenId });
    const fresh = await until('the new answer is there', async () => {
      const now = await ask('/stale', control);
      return now.seenId !== old.seenId && now;
    });
    expect(fresh.cache).toBe('HIT');
  });

  test('gives the old answer when the service is gone, if the service said so', async () => {
    const other = await startEcho();
    const lonely = await startNginx({ folder: inject('opsFolder'), upstreamPort: other.port });
    const get = async (path: string) => (await send({ port: lonely.port, path })).answer?.status;
    const [kept, dropped] = [`/a?cache-control=${encodeURIComponent('max-age=1, stale-if-error=60')}`, '/b?cache-control=max-age%3D1'];
    expect([await get(kept), await get(dropped)]).toEqual([200, 200]);
    await other.stop();
    await sleep(2100);
    expect([await get(kept), await get(dropped)]).toEqual([200, 502]);
    await lonely.stop();
  });
});

describeWith('nginx', 'a canary behind nginx', () => {
  test('gets its share of the clients, each client stays where it is, and a header decides before the weight', async () => {
    const [stable, canary] = [await startEcho(), await startEcho()];
    const nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: stable.port, canaryPort: canary.port, requestsPerSecond: 100_000 });
    const counts = (): [number, number] => [stable.answered, canary.answered];
    const from = async (localAddress: string, headers: Record<string, string> = {}): Promise<void> => {
      expect(await sendFrom(localAddress, nginx.port, headers)).toMatchObject({ status: 200 });
    };

    for (let client = 1; client <= 60; client++) await from(`127.0.1.${client}`);
    const [old, renewed] = counts();
    expect(old + renewed).toBe(60);
    // Half of 60 clients: fewer than 12 would be a chance of one in a million.
    expect(Math.min(old, renewed)).toBeGreaterThan(12);

    for (let again = 0; again < 5; again++) await from('127.0.1.1');
    const [oldAgain, renewedAgain] = counts();
    expect([oldAgain - old, renewedAgain - renewed].toSorted((a, b) => a - b)).toEqual([0, 5]);

    const before = counts();
    for (let client = 1; client <= 10; client++) await from(`127.0.2.${client}`, { 'x-canary': 'always' });
    expect(counts()).toEqual([before[0], before[1] + 10]);
    for (let client = 1; client <= 10; client++) await from(`127.0.2.${client}`, { 'x-canary': 'never' });
    expect(counts()).toEqual([before[0] + 10, before[1] + 10]);

    await nginx.stop();
    await stable.stop();
    await canary.stop();
  });

  test('is off as emitted: nobody gets there by a header', async () => {
    const stable = await startEcho();
    const nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: stable.port });
    expect(await send({ port: nginx.port, path: '/', headers: { 'x-canary': 'always' } })).toMatchObject({ kind: 'ok' });
    expect(stable.answered).toBe(1);
    await nginx.stop();
    await stable.stop();
  });
});
