import { once } from 'node:events';
import { describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { scrape, valueOf } from './harness/metrics.js';
import { startService } from './harness/service.js';
import { until } from './harness/time.js';

describe.each(inject('sideModes'))('a WebSocket with LISTEN=%s', (LISTEN) => {
  it('is closed with 1001 in a shutdown', async () => {
    const service = await startService({ env: { LISTEN, SHUTDOWN_LINGER_MS: '300' } });
    const sockets = await Promise.all([openEcho(service.port), openEcho(service.port)]);

    service.signal('SIGTERM');
    const codes = await Promise.all(sockets.map(closeCode));

    expect(codes).toEqual([1001, 1001]);
    expect((await service.exited).code).toBe(0);
  });

  it('is closed with 1001 in a reload, and can connect again', async () => {
    const service = await startService({ env: { LISTEN, SHUTDOWN_LINGER_MS: '300' } });
    const sockets = await Promise.all([openEcho(service.port), openEcho(service.port)]);
    const codes = Promise.all(sockets.map(closeCode));

    service.signal('SIGHUP');

    expect(await codes).toEqual([1001, 1001]);
    await until('the reload is completed', async () => valueOf(await scrape(service.adminPort), 'hcnode_reloads_total', { outcome: 'completed' }) === 1);
    (await openEcho(service.port)).terminate();
  });
});

/** A connection that has had its echo. */
async function openEcho(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  await once(socket, 'open');
  socket.send('hello');
  const echo: unknown[] = await once(socket, 'message');
  expect(String(echo[0])).toBe('hello');
  return socket;
}

async function closeCode(socket: WebSocket): Promise<unknown> {
  const closed: unknown[] = await once(socket, 'close');
  return closed[0];
}
