import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startLoad } from './harness/load.js';
import { send } from './harness/requests.js';
import { allReady, startService } from './harness/service.js';
import { sleep, until } from './harness/time.js';

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

describe.each(inject('sideModes'))('the descriptors of the primary with LISTEN=%s', (LISTEN) => {
  it('do not grow with connections that come and go, with kills, or with reloads', async () => {
    const service = await startService({ env: { LISTEN, SHUTDOWN_LINGER_MS: '200' } });
    const load = startLoad({ port: service.port, clients: 8, connections: 'fresh', pauseMs: 0 });
    await sleep(500);
    const before = openFiles(service.pid);

    const hasty = setInterval(() => connect(service.port, '127.0.0.1').on('error', () => {}).on('connect', function destroy(this: { destroy(): void }) { this.destroy(); }), 5);
    for (let kill = 0; kill < 2; kill++) {
      service.workers().slice(0, 1).forEach((pid) => process.kill(pid, 'SIGKILL'));
      await sleep(700);
      await allReady(service, 2, 40_000);
    }
    service.signal('SIGHUP');
    await sleep(1000);
    await allReady(service);
    clearInterval(hasty);
    await load.stop();

    await until('they are as before', () => openFiles(service.pid) <= before, 10_000);
  });
});

describe('a connection that no worker could take', () => {
  it('is answered 503 with Retry-After, and leaves no descriptor behind', async () => {
    const service = await startService({ env: { WORKERS: '1', REQUEST_TIMEOUT_MS: '1000', HEARTBEAT_TIMEOUT_MS: '60000' } });
    const before = openFiles(service.pid);
    service.workers().forEach((pid) => process.kill(pid, 'SIGSTOP'));

    const outcomes = await Promise.all(Array.from({ length: 30 }, () => send({ port: service.port, path: '/', timeoutMs: 6000 })));
    service.workers().forEach((pid) => process.kill(pid, 'SIGCONT'));
    const refused = outcomes.filter(({ kind }) => kind === 'status 503');

    // Two may be on their way to the stopped worker.
    expect(refused.length).toBeGreaterThanOrEqual(28);
    expect(refused.every(({ answer }) => answer?.headers['retry-after'] === '1')).toBe(true);
    await until('the descriptors are as before', () => openFiles(service.pid) <= before, 10_000);
  });
});

describe('a service that runs out of descriptors', () => {
  it.each(['dispatch', 'shared'])('loses no worker, and works again once the connections are gone: LISTEN=%s', async (listen) => {
    const service = await startService({ env: { LISTEN: listen }, limits: 'ulimit -n 150' });
    const before = service.workers();
    const sockets = Array.from({ length: 600 }, () => connect(service.port, '127.0.0.1').on('error', () => {}));
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    await sleep(2000);

    sockets.forEach((socket) => socket.destroy());

    await until('it answers again', async () => (await send({ port: service.port, path: '/', timeoutMs: 2000 })).kind === 'ok', 20_000);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send({ port: service.port, path: '/' })));
    expect(outcomes.filter(({ kind }) => kind !== 'ok')).toEqual([]);
    expect(service.workers()).toEqual(before);
  });
});

describe('a reader of the log', () => {
  it('that goes away takes neither the service nor a request with it', async () => {
    const service = await startService();
    const before = service.workers();
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });
    await sleep(300);

    service.closeLog();
    await sleep(2500);

    expect((await load.stop()).failures).toEqual([]);
    expect(service.workers()).toEqual(before);
    expect((await send({ port: service.adminPort, path: '/readyz' })).kind).toBe('ok');
  });

  it('that stops reading makes no request wait', async () => {
    const service = await startService();
    service.pauseLog();
    // More than a pipe holds: some 300 bytes a line, 64 KiB a pipe and as much in the buffers of the reader.
    const load = startLoad({ port: service.port, clients: 8, connections: 'keep-alive', pauseMs: 0, timeoutMs: 5000 });
    await until('thousands are answered', () => load.ok > 4000, 40_000);

    expect((await load.stop()).failures).toEqual([]);
    const signalled = service.exited;
    service.signal('SIGTERM');
    expect((await signalled).code).toBe(0);
  });
});

describe('a service told to notify systemd where there is none', () => {
  it('serves all the same', async () => {
    const service = await startService({ env: { NOTIFY_SOCKET: '/nowhere/notify', WATCHDOG_USEC: '2000000' } });
    await sleep(2500);

    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
    service.signal('SIGTERM');
    expect((await service.exited).code).toBe(0);
  });
});

describe('a worker above MAX_WORKER_RSS_MB', () => {
  it('is replaced, one at a time, and no request fails', async () => {
    // Below what any worker needs: as bad as it can be set.
    const service = await startService({ env: { MAX_WORKER_RSS_MB: '20', SHUTDOWN_LINGER_MS: '300' }, ready: 'readyz' });
    const before = service.workers();
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive' });

    await until('all of the first are replaced', () => !service.workers().some((pid) => before.includes(pid)), 50_000);

    expect((await load.stop()).failures).toEqual([]);
  });
});
