import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';

import { startLoad } from '../chaos/harness/load.js';
import { send } from '../chaos/harness/requests.js';
import { allReady, type Service, startService } from '../chaos/harness/service.js';
import { sleep, until } from '../chaos/harness/time.js';
import { type Nginx, startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';

const MANY = 100_000;
/** Overload protection off: a busy test machine is no lost request. */
const env = { TRUST_PROXY: '1', MAX_EVENT_LOOP_DELAY_MS: '0', MAX_EVENT_LOOP_UTILIZATION: '0' };

describeWith('nginx', 'nginx, in front of the service', () => {
  let service: Service;
  let nginx: Nginx;

  beforeEach(async () => {
    service = await startService({ folder: inject('opsFolder'), env });
    nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: service.port, requestsPerSecond: MANY });
  });
  afterEach(async () => {
    await nginx.stop();
  });

  test('loses no request when workers are killed, nor when the service is reloaded', async () => {
    // Many connections that are idle for a moment: retries of nginx meet those of the dead worker.
    const load = startLoad({ port: nginx.port, clients: 24, connections: 'keep-alive', pauseMs: 5 });
    for (let kills = 0; kills < 3; kills++) {
      await sleep(300);
      const [victim] = service.workers();
      if (victim === undefined) throw new Error('no worker to kill');
      process.kill(victim, 'SIGKILL');
      await until('another takes its place', () => service.workers().length === 2 && !service.workers().includes(victim));
    }
    await allReady(service);
    const before = service.workers();
    service.signal('SIGHUP');
    await until('all workers are new', () => service.workers().length === 2 && !service.workers().some((pid) => before.includes(pid)), 30_000);
    await sleep(300);
    const { ok, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(ok).toBeGreaterThan(100);
  });

  test('loses no request when nginx is reloaded, and keeps open WebSockets', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${nginx.port}/ws`);
    await new Promise((resolve, reject) => { socket.on('open', resolve).on('error', reject); });
    const slow = send({ port: nginx.port, path: '/slow?ms=1500' });
    // On an idle keep-alive connection the next request may meet its end; clients send it again by themselves. So: a new one each time.
    const load = startLoad({ port: nginx.port, clients: 4, connections: 'fresh' });
    for (let reloads = 0; reloads < 3; reloads++) {
      nginx.reload();
      await sleep(600);
    }
    expect(await slow).toMatchObject({ kind: 'ok' });
    const { ok, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(ok).toBeGreaterThan(50);

    const echoed = new Promise((resolve) => { socket.on('message', (data: Buffer) => { resolve(data.toString()); }); });
    socket.send('still there');
    expect(await echoed).toBe('still there');
    socket.close();
  });

  test('one id goes through: answer, nginx\'s log and the service\'s log; the service sees the client\'s address', async () => {
    const { answer } = await send({ port: nginx.port, path: '/', headers: { 'x-request-id': 'through-and-through', 'x-forwarded-for': '6.6.6.6' } });
    expect(answer?.headers['x-request-id']).toBe('through-and-through');
    const lines = await nginx.accessLog();
    expect(lines.filter((line) => line.includes('"request_id":"through-and-through"'))).toHaveLength(1);
    const line = await until('the service logs it', () => service.log().split('\n').find((each) => each.includes('through-and-through')));
    expect(JSON.parse(line)).toMatchObject({ requestId: 'through-and-through', client: '127.0.0.1' });
  });
});
