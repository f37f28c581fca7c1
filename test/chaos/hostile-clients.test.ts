import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startLoad } from './harness/load.js';
import { send } from './harness/requests.js';
import { startService } from './harness/service.js';
import { sleep, stretched, until } from './harness/time.js';

const MALFORMED = [
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
  'GET /%E0%A4%A HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /slow?ms=abc&ms=1e999 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
];

describe.each(inject('sideModes'))('good clients with LISTEN=%s', (LISTEN) => {
  it('lose nothing to 50 clients that never finish their headers, and these are cut by HEADERS_TIMEOUT_MS', async () => {
    const HEADERS_TIMEOUT_MS = 3000;
    const service = await startService({ env: { LISTEN, HEADERS_TIMEOUT_MS: String(HEADERS_TIMEOUT_MS) } });
    const startedAt = performance.now();
    const slow = openMany(50, service.port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    const dribble = setInterval(() => slow.sockets.forEach((socket) => socket.writable && socket.write('a')), 300);
    onTestFinished(() => clearInterval(dribble));
    const load = startLoad({ port: service.port, clients: 4, connections: 'fresh' });

    await until('all of them are cut', () => slow.closed() === 50, HEADERS_TIMEOUT_MS + 20_000);
    const cutAfterMs = performance.now() - startedAt;

    expect((await load.stop()).failures).toEqual([]);
    // Node looks for overdue headers at an interval, not at the instant; 5 s is the one the service sets.
    expect(cutAfterMs).toBeLessThan(stretched(HEADERS_TIMEOUT_MS + 5000 + 1500));
    expect(cutAfterMs).toBeGreaterThan(HEADERS_TIMEOUT_MS * 0.9);
  });

  it('lose nothing to 600 idle connections', async () => {
    const service = await startService({ env: { LISTEN } });
    const idle = openMany(600, service.port, '');
    await until('all of them are open', () => idle.opened() === 600);
    const load = startLoad({ port: service.port, clients: 4, connections: 'fresh' });
    await sleep(3000);
    const { ok, failures } = await load.stop();

    expect(failures).toEqual([]);
    expect(ok).toBeGreaterThan(50);
  });

  it('lose nothing to malformed requests, and no worker does', async () => {
    const service = await startService({ env: { LISTEN } });
    const before = service.workers();
    const load = startLoad({ port: service.port, clients: 4, connections: 'fresh' });

    for (let round = 0; round < 5; round++) {
      const broken = MALFORMED.map((text) => openMany(1, service.port, text));
      await sleep(300);
      for (const { sockets } of broken) sockets.forEach((socket) => socket.destroy());
    }

    expect((await load.stop()).failures).toEqual([]);
    expect(service.workers()).toEqual(before);
  });
});

describe('a body above BODY_LIMIT_BYTES', () => {
  it('is answered with 413 or cut, and costs no worker', async () => {
    const service = await startService({ env: { BODY_LIMIT_BYTES: '1000' } });
    const before = service.workers();

    const { kind } = await send({ port: service.port, path: '/', method: 'POST', body: 'a'.repeat(100_000), headers: { 'content-type': 'application/json' } });

    // A route that takes no body answers 404 or 405 before it reads one.
    expect(kind).toMatch(/^(status 4(13|04|05)|ECONNRESET|EPIPE)$/);
    expect(service.workers()).toEqual(before);
  });
});

describe.each(inject('sideModes'))('a client with LISTEN=%s', (LISTEN) => {
  it('that sends several requests at once gets all answers, in order', async () => {
    const service = await startService({ env: { LISTEN } });
    const requests = ['/slow?ms=300', '/livez', '/nowhere'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n${path === '/nowhere' ? 'Connection: close\r\n' : ''}\r\n`).join('');

    const statuses = [...(await exchange(service.port, requests)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);

    expect(statuses).toEqual(['200', '200', '404']);
  });
});

/** Sends a text and returns all that comes back until the service closes. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.write(text);
  await new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
  return answer;
}

/** Connections that send one text and then nothing. They are destroyed when the test ends. */
function openMany(count: number, port: number, text: string): { readonly sockets: readonly Socket[]; opened(): number; closed(): number } {
  let opened = 0;
  let closed = 0;
  const sockets = Array.from({ length: count }, () =>
    connect(port, '127.0.0.1')
      .on('connect', () => opened++)
      .on('close', () => closed++)
      // A reset is what a bad client deserves; what matters are the good ones.
      .on('error', () => {})
      .resume(),
  );
  if (text !== '') sockets.forEach((socket) => socket.write(text, 'latin1'));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  return { sockets, opened: () => opened, closed: () => closed };
}
