import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { keepAliveAgent, send } from './harness/requests.js';
import { launch, startService } from './harness/service.js';
import type { Service } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

const SLOW_MS = 1500;
const IN_FLIGHT = 8;

const ways: readonly { readonly name: string; readonly send: (service: Service) => void | Promise<void> }[] = [
  { name: 'SIGTERM', send: (service) => service.signal('SIGTERM') },
  {
    name: 'SIGTERM twice',
    send: async (service) => {
      service.signal('SIGTERM');
      await sleep(400);
      service.signal('SIGTERM');
    },
  },
  { name: 'SIGTERM to the whole group', send: (service) => service.signalGroup('SIGTERM') },
  { name: 'SIGINT to the whole group', send: (service) => service.signalGroup('SIGINT') },
];

describe.each(['dispatch', 'shared'])('a shutdown with LISTEN=%s', (LISTEN) => {
  it.each(ways)('answers every request under way after $name, and exits 0', async (way) => {
    const service = await startService({ env: { LISTEN } });
    const requests = Array.from({ length: IN_FLIGHT }, () => send({ port: service.port, path: `/slow?ms=${SLOW_MS}`, agent: keepAliveAgent() }));
    await sleep(400);

    const signalledAt = performance.now();
    await way.send(service);
    const outcomes = await Promise.all(requests);
    const exit = await service.exited;

    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: IN_FLIGHT }, () => 'ok'));
    expect(outcomes.map(({ answer }) => answer?.headers.connection)).toEqual(Array.from({ length: IN_FLIGHT }, () => 'close'));
    expect({ code: exit.code, signal: exit.signal }).toEqual({ code: 0, signal: null });
    expect(exit.at - signalledAt).toBeLessThan(stretched(SLOW_MS + 2000));
    expect(service.processes()).toEqual([]);
  });

  it('refuses new connections soon, serves kept ones for the linger with Connection: close, and closes idle ones after it', async () => {
    const LINGER_MS = 1500;
    const service = await startService({ env: { LISTEN, SHUTDOWN_LINGER_MS: String(LINGER_MS) } });
    const agent = keepAliveAgent();
    await send({ port: service.port, path: '/', agent });
    const idle = await openIdle(service.port);
    // Something under way keeps the service up for longer than the linger.
    const slow = send({ port: service.port, path: '/slow?ms=3000' });
    await sleep(300);

    const signalledAt = performance.now();
    service.signal('SIGTERM');
    await until('new connections are refused', async () => (await send({ port: service.port, path: '/' })).kind === 'ECONNREFUSED', 1500);
    const kept = await send({ port: service.port, path: '/', agent });
    const closedAt = await idle.closedAt;

    expect(kept.kind).toBe('ok');
    expect(kept.answer?.headers.connection).toBe('close');
    expect(closedAt - signalledAt).toBeGreaterThan(LINGER_MS * 0.8);
    expect(closedAt - signalledAt).toBeLessThan(stretched(LINGER_MS + 1000));
    expect((await slow).kind).toBe('ok');
    expect((await service.exited).code).toBe(0);
  });

  it('is not held up by silent and half-sent connections', async () => {
    const service = await startService({ env: { LISTEN, SHUTDOWN_LINGER_MS: '500' } });
    const silent = connect(service.port, '127.0.0.1').on('error', () => {});
    const halfSent = connect(service.port, '127.0.0.1').on('error', () => {});
    halfSent.write('GET / HTTP/1.1\r\nHost: a');
    await sleep(300);

    const signalledAt = performance.now();
    service.signal('SIGTERM');
    const exit = await service.exited;
    silent.destroy();
    halfSent.destroy();

    expect(exit.code).toBe(0);
    expect(exit.at - signalledAt).toBeLessThan(stretched(500 + 2000));
  });
});

describe('an upload under way', () => {
  it('is answered in a shutdown', async () => {
    const service = await startService();
    const socket = connect(service.port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text) => (answer += String(text)));
    socket.write('POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n"1234');
    await sleep(300);

    service.signal('SIGTERM');
    await sleep(500);
    if (socket.writable) socket.write('5678"');
    await new Promise((resolve) => socket.on('close', resolve).on('error', resolve));

    // What matters is an answer; a route that takes the body would give 200.
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect((await service.exited).code).toBe(0);
  });
});

describe('a request that never ends', () => {
  it('holds up a shutdown for the timeout only, and makes it exit 1', async () => {
    const SHUTDOWN_TIMEOUT_MS = 2000;
    const service = await startService({ env: { SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS), SHUTDOWN_LINGER_MS: '300' } });
    const stuck = send({ port: service.port, path: '/stuck' });
    await sleep(300);

    const signalledAt = performance.now();
    service.signal('SIGTERM');
    const exit = await service.exited;

    expect(exit.code).toBe(1);
    expect(exit.at - signalledAt).toBeLessThan(stretched(SHUTDOWN_TIMEOUT_MS + 2000));
    expect((await stuck).kind).toMatch(/^(ECONNRESET|cut)$/);
    expect(service.processes()).toEqual([]);
  });
});

describe('readiness', () => {
  it('fails for PRE_STOP_DELAY_MS before the listener closes', async () => {
    const service = await startService({ env: { PRE_STOP_DELAY_MS: '1500', SHUTDOWN_LINGER_MS: '200' } });
    service.signal('SIGTERM');
    await until('readiness fails', async () => (await send({ port: service.adminPort, path: '/readyz' })).kind === 'status 503', 1000);

    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
    expect((await service.exited).code).toBe(0);
  });
});

describe('SIGTERM while the first workers start', () => {
  it('ends the service with exit code 0', async () => {
    const service = await launch();
    await until('there is a worker', () => service.workers().length > 0);

    service.signal('SIGTERM');

    expect((await service.exited).code).toBe(0);
    expect(service.processes()).toEqual([]);
  });
});

/** A connection that has had one answer and sends nothing more. */
async function openIdle(port: number): Promise<{ readonly closedAt: Promise<number> }> {
  const socket = connect(port, '127.0.0.1');
  const closedAt = new Promise<number>((resolve, reject) => {
    socket.once('close', () => resolve(performance.now()));
    socket.once('error', reject);
  });
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
  socket.resume();
  return { closedAt };
}
