import { describe, expect, it } from 'vitest';
import { startLoad } from './harness/load.js';
import { send } from './harness/requests.js';
import { allReady, readWorkers, startService } from './harness/service.js';
import { until } from './harness/time.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const OPEN_PATHS = ['/metrics', '/livez', '/readyz'] as const;
const ACTIONS = [
  { method: 'POST', path: '/reload' },
  { method: 'POST', path: '/workers/1/restart' },
  { method: 'PUT', path: '/workers', body: '{"count":3}', headers: JSON_TYPE },
  { method: 'POST', path: '/workers/1/heap-snapshot' },
  { method: 'POST', path: '/workers/1/cpu-profile?seconds=1' },
] as const;
const READS = ['/status', '/diagnostics'] as const;

describe('the admin port', () => {
  it('scales by hand, without losing a request', async () => {
    const service = await startService({ env: { SHUTDOWN_LINGER_MS: '300' } });
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });

    for (const count of [3, 1, 2]) {
      const { answer } = await send({ port: service.adminPort, path: '/workers', method: 'PUT', body: JSON.stringify({ count }), headers: JSON_TYPE });
      expect(answer?.status).toBeLessThan(300);
      await allReady(service, count);
    }

    expect((await load.stop()).failures).toEqual([]);
  });

  it('refuses to scale by what is no count', async () => {
    const service = await startService();
    const before = service.workers();

    for (const body of ['{"count":0}', '{"count":-1}', '{"count":1.5}', '{"count":"2"}', '{"count":99999}', '{}', '[]', 'null', '{']) {
      const { kind } = await send({ port: service.adminPort, path: '/workers', method: 'PUT', body, headers: JSON_TYPE });
      expect([body, kind]).toEqual([body, 'status 400']);
    }
    expect(service.workers()).toEqual(before);
  });

  it('restarts one worker and no other, without losing a request', async () => {
    const service = await startService({ env: { SHUTDOWN_LINGER_MS: '300' } });
    const [chosen, other] = await readWorkers(service);
    if (chosen === undefined || other === undefined) throw new Error('two workers were expected');
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });

    const { answer } = await send({ port: service.adminPort, path: `/workers/${chosen.id}/restart`, method: 'POST' });
    expect(answer?.status).toBeLessThan(300);
    await until('it is replaced', () => !service.workers().includes(chosen.pid));
    await allReady(service);

    expect((await load.stop()).failures).toEqual([]);
    expect(service.workers()).toContain(other.pid);
  });

  it('answers strange paths with 400 or 404', async () => {
    const service = await startService({ env: { WORKERS: '1' } });

    for (const path of ['//', '//a', '/%', '*', '/status/../..//']) {
      expect([path, (await send({ port: service.adminPort, path })).kind]).toEqual([path, expect.stringMatching(/^status 40[04]$/)]);
    }
  });

  it('answers 404 for a worker that is not there', async () => {
    const service = await startService();

    expect((await send({ port: service.adminPort, path: '/workers/999/restart', method: 'POST' })).kind).toBe('status 404');
  });

  it('serves metrics and health only when it is open to the network without a token', async () => {
    const service = await startService({ env: { ADMIN_HOST: '0.0.0.0' }, ready: 'readyz' });

    for (const path of OPEN_PATHS) expect([path, (await send({ port: service.adminPort, path })).kind]).toEqual([path, 'ok']);
    for (const path of ['/', ...READS]) expect([path, (await send({ port: service.adminPort, path })).kind]).toEqual([path, expect.stringMatching(/^status 40[134]$/)]);
    for (const action of ACTIONS) expect([action.path, (await send({ port: service.adminPort, ...action })).kind]).toEqual([action.path, expect.stringMatching(/^status 40[134]$/)]);
  });

  it('asks for its token when it has one', async () => {
    const ADMIN_TOKEN = 'a-long-secret';
    const service = await startService({ env: { ADMIN_TOKEN }, ready: 'readyz' });
    const before = service.workers();

    // The page holds no data: it asks a person for the token, and what it fetches needs it.
    expect((await send({ port: service.adminPort, path: '/' })).kind).toBe('ok');
    for (const path of READS) expect([path, (await send({ port: service.adminPort, path })).kind]).toEqual([path, 'status 401']);
    for (const action of ACTIONS) expect([action.path, (await send({ port: service.adminPort, ...action })).kind]).toEqual([action.path, 'status 401']);
    for (const authorization of ['Bearer wrong-secret', `Basic ${ADMIN_TOKEN}`, `Bearer ${ADMIN_TOKEN}x`, 'Bearer ']) {
      expect((await send({ port: service.adminPort, path: '/status', headers: { authorization } })).kind).toBe('status 401');
    }
    expect((await send({ port: service.adminPort, path: '/status', headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })).kind).toBe('ok');
    expect(service.workers()).toEqual(before);
    expect(service.log()).not.toContain(ADMIN_TOKEN);
  });

  it('does not act for a page of another site', async () => {
    const service = await startService();
    const before = service.workers();

    for (const headers of [{ origin: 'https://elsewhere.example' }, { host: 'elsewhere.example' }]) {
      expect([headers, (await send({ port: service.adminPort, path: '/reload', method: 'POST', headers })).kind]).toEqual([headers, expect.stringMatching(/^status 4\d\d$/)]);
    }
    expect(service.workers()).toEqual(before);
  });
});

describe('autoscaling', () => {
  it('adds a worker under load', async () => {
    const service = await startService({ env: { WORKERS: '1', MIN_WORKERS: '1', MAX_WORKERS: '2', SHUTDOWN_LINGER_MS: '300' } });
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive', path: '/cpu-inline?ms=30', pauseMs: 0 });

    await allReady(service, 2, 45_000);

    expect((await load.stop()).failures).toEqual([]);
  });
});
