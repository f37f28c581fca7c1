import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';

import { send } from '../chaos/harness/requests.js';
import { type Echo, startEcho } from './harness/echo.js';
import { type Nginx, startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';
import { sendRaw } from './harness/raw.js';
import { sendFrom } from './harness/send-from.js';

const ONE_MEBIBYTE = 1_048_576;

describeWith('nginx', 'nginx, in front of an upstream that tells what it got', () => {
  let echo: Echo;
  let nginx: Nginx;
  /** With no rate limit. */
  let open: Nginx;

  beforeAll(async () => {
    echo = await startEcho();
    nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: echo.port });
    open = await startNginx({ folder: inject('opsFolder'), upstreamPort: echo.port, requestsPerSecond: 100_000 });
  });
  afterAll(async () => {
    await nginx.stop();
    await open.stop();
    await echo.stop();
  });

  const headersSeen = async (headers: Record<string, string>): Promise<Record<string, string>> => {
    const { answer } = await send({ port: open.port, path: '/', headers });
    return JSON.parse(answer?.body ?? '{}') as Record<string, string>;
  };

  // The slow ones first, side by side with the others.
  test.concurrent('cuts off a client that sends its headers too slowly', async () => {
    const { closedAfterMs } = await sendRaw(open.port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'x');
    expect(closedAfterMs).toBeGreaterThan(5000);
    expect(closedAfterMs).toBeLessThan(20_000);
  });

  test.concurrent('cuts off a client that stops in the middle of its body', async () => {
    const { answer, closedAfterMs } = await sendRaw(open.port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf');
    expect(closedAfterMs).toBeLessThan(20_000);
    expect(answer).not.toContain('200');
  });

  test.concurrent('a body of one byte more than the limit is 413, before it is sent', async () => {
    const { answer } = await sendRaw(open.port, `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${ONE_MEBIBYTE + 1}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('"title":"Content Too Large","status":413');
  });

  test('a request without a name of ours gets no answer', async () => {
    expect(await sendRaw(open.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n')).toMatchObject({ answer: '' });
    expect(await sendRaw(open.port, 'GET / HTTP/1.0\r\n\r\n')).toMatchObject({ answer: '' });
  });

  test('keeps a well-formed request id, and returns it', async () => {
    const { answer } = await send({ port: open.port, path: '/', headers: { 'x-request-id': 'abc.DEF-123_4' } });
    expect(answer?.headers['x-request-id']).toBe('abc.DEF-123_4');
    expect(await headersSeen({ 'x-request-id': 'abc.DEF-123_4' })).toMatchObject({ 'x-request-id': 'abc.DEF-123_4' });
  });

  test.each(['', 'short', 'a b c d e f g h', '-leading-dash', '"quoted-id"', 'x'.repeat(65), '${jndi:ldap}', 'line-feed\\n{}'])('replaces the request id %j', async (hostile) => {
    const seen = await headersSeen({ 'x-request-id': hostile });
    expect(seen['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  test('says who the client is, and believes none of what the client says', async () => {
    const lies = { 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil', forwarded: 'for=6.6.6.6' };
    const seen = await headersSeen({ ...lies, host: 'localhost' });
    expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'localhost', host: 'localhost' });
    expect(seen['forwarded']).toBeUndefined();
  });

  test('passes WebSockets on', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${open.port}/ws`);
    const answer = await new Promise((resolve, reject) => {
      socket.on('open', () => { socket.send('hello'); });
      socket.on('message', (data: Buffer) => { resolve(data.toString()); });
      socket.on('error', reject);
    });
    socket.close();
    expect(answer).toBe('hello');
  });

  test('uses its connections to the service again', async () => {
    const before = echo.connections;
    const clients = Array.from({ length: 8 }, async () => {
      for (let count = 0; count < 50; count++) expect((await send({ port: open.port, path: '/' })).kind).toBe('ok');
    });
    await Promise.all(clients);
    // 400 requests over fresh connections; at most one to the service for each client and process of nginx.
    expect(echo.connections - before).toBeLessThan(40);
  });

  test('a body of exactly the limit passes', async () => {
    const { answer } = await send({ port: open.port, path: '/', method: 'POST', body: 'x'.repeat(ONE_MEBIBYTE) });
    expect(JSON.parse(answer?.body ?? '{}')).toMatchObject({ bytes: ONE_MEBIBYTE });
  });

  test.each(['/metrics', '/metrics/', '//metrics', '/%6detrics', '/x/../metrics', '/metrics?x', '/status', '/workers/1/cpu-profile', '/diagnostics/a.heapsnapshot', '/reload'])(
    'denies %s',
    async (path) => {
      expect((await sendRaw(open.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).answer).toMatch(/^HTTP\/1.1 403 /);
    },
  );

  test.each(['/metricsx', '/my/metrics', '/statuses', '/readyz', '/livez'])('does not deny %s', async (path) => {
    expect(await send({ port: open.port, path })).toMatchObject({ kind: 'ok' });
  });

  test('too many requests of one client get 429 and Retry-After; another client does not notice', async () => {
    const burst = await Promise.all(Array.from({ length: 250 }, () => sendFrom('127.0.0.9', nginx.port)));
    const limited = burst.filter(({ status }) => status === 429);
    expect(burst.filter(({ status }) => status === 200).length).toBeGreaterThan(90);
    expect(limited.length).toBeGreaterThan(50);
    expect(limited[0]).toMatchObject({ retryAfter: '1', type: 'application/problem+json' });
    expect(await sendFrom('127.0.0.10', nginx.port)).toMatchObject({ status: 200 });
  });

  test('errors of its own are problem+json with the request id; errors of the service pass as they are', async () => {
    const denied = await send({ port: open.port, path: '/metrics', headers: { 'x-request-id': 'follow-me-1' } });
    expect(denied.answer?.headers['content-type']).toBe('application/problem+json');
    expect(denied.answer?.headers['x-request-id']).toBe('follow-me-1');
    expect(JSON.parse(denied.answer?.body ?? '')).toEqual({ type: 'about:blank', title: 'Forbidden', status: 403, requestId: 'follow-me-1' });
    expect(await send({ port: open.port, path: '/fail' })).toMatchObject({ answer: { status: 500, body: 'my own' } });
  });

  test.each([
    ['a line feed in a header name', 'GET / HTTP/1.1\r\nHost: localhost\r\nBad\u0001Header\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n', 400],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['a header of 40 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`, 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ])('refuses %s', async (_, bytes, status) => {
    const { answer } = await sendRaw(open.port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"status":${status},"requestId":"`);
    expect(answer).not.toMatch(/nginx\/\d/);
  });

  test('sends a GET once more when its connection breaks, and never a POST', async () => {
    const first = echo.broken;
    expect(first).toBe(0);
    expect(await send({ port: open.port, path: '/break' })).toMatchObject({ kind: 'ok' });
    expect(echo.broken).toBe(2);

    const lonely = await startEcho();
    const other = await startNginx({ folder: inject('opsFolder'), upstreamPort: lonely.port });
    const { answer } = await send({ port: other.port, path: '/break', method: 'POST', body: 'once' });
    expect(answer?.status).toBe(502);
    expect(answer?.headers['retry-after']).toBe('5');
    expect(lonely.broken).toBe(1);

    await lonely.stop();
    expect((await send({ port: other.port, path: '/' })).answer).toMatchObject({ status: 502, headers: { 'content-type': 'application/problem+json' } });
    await other.stop();
  });

  test('tells its counters on loopback', async () => {
    expect((await send({ port: open.statusPort, path: '/nginx-status' })).answer?.body).toContain('Active connections');
  });

  test('every line of the access log is JSON, whatever clients send, and holds no query', async () => {
    await sendRaw(open.port, 'GET /"quote\\back HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a"b\\c\td\r\nConnection: close\r\n\r\n');
    await sendRaw(open.port, Buffer.from('GET /\xff\xfe%00 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \xff\xc0\x80\r\nConnection: close\r\n\r\n', 'latin1'));
    await sendRaw(open.port, 'GET /zero-nine\r\n');
    await sendRaw(open.port, '\x16\x03\x01\x02\x00\r\n\r\n');
    await send({ port: open.port, path: '/secret?token=hunter2', headers: { 'x-request-id': 'in-the-log-1' } });
    const lines = await open.accessLog();
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.length).toBeGreaterThan(400);
    expect(lines.join('\n')).not.toContain('hunter2');
    const entry = entries.find((each) => each['request_id'] === 'in-the-log-1');
    expect(entry).toMatchObject({ method: 'GET', path: '/secret', status: 200, remote_addr: '127.0.0.1', upstream_status: '200' });
    expect(Number(entry?.['upstream_response_seconds'])).toBeGreaterThanOrEqual(0);
  });
});
