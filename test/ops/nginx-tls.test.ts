import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { get } from 'node:https';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { send } from '../chaos/harness/requests.js';
import { type Echo, startEcho } from './harness/echo.js';
import { type Nginx, startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';
import { emit } from './harness/project.js';

const NAME = 'shop.example';

describeWith('nginx', 'nginx, with TLS for a real domain', () => {
  let echo: Echo;
  let nginx: Nginx;
  let folder: string;

  beforeAll(async () => {
    folder = emit({ domain: NAME });
    echo = await startEcho();
    nginx = await startNginx({ folder, upstreamPort: echo.port });
  });
  afterAll(async () => {
    await nginx.stop();
    await echo.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const certificate = (): Buffer => readFileSync(join(nginx.folder, 'fullchain.pem'));

  /** The protocol that was agreed on, or why there was none. */
  const handshake = (options: ConnectionOptions): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: nginx.tlsPort, ca: certificate(), servername: NAME, ...options }, () => {
        resolve(socket.getProtocol() ?? 'none');
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => { resolve(error.code ?? error.message); });
    });

  test('plain HTTP is sent to HTTPS, with the method kept', async () => {
    const { answer } = await send({ port: nginx.port, path: '/a?b=1', headers: { host: NAME } });
    expect(answer).toMatchObject({ status: 308, headers: { location: `https://${NAME}/a?b=1` } });
  });

  test('the certificate authority gets its answer over plain HTTP', async () => {
    const challenges = join(nginx.folder, '.well-known/acme-challenge');
    mkdirSync(challenges, { recursive: true });
    writeFileSync(join(challenges, 'token'), 'proof');
    expect(await send({ port: nginx.port, path: '/.well-known/acme-challenge/token', headers: { host: NAME } })).toMatchObject({ kind: 'ok', answer: { body: 'proof' } });
  });

  test('answers over HTTPS, says so to the service, and has browsers stay with it', async () => {
    const { headers, body } = await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
      get({ host: '127.0.0.1', port: nginx.tlsPort, ca: certificate(), servername: NAME, headers: { host: NAME }, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => { text += part; });
        response.on('end', () => { resolve({ headers: response.headers, body: text }); });
      }).on('error', reject);
    });
    expect(headers['strict-transport-security']).toBe('max-age=63072000');
    expect(JSON.parse(body)).toMatchObject({ 'x-forwarded-proto': 'https', host: NAME });
  });

  test('speaks HTTP/2, also for its own errors', async () => {
    const session = connectHttp2(`https://127.0.0.1:${nginx.tlsPort}`, { ca: certificate(), servername: NAME });
    const headers = await new Promise<NodeJS.Dict<unknown>>((resolve, reject) => {
      session.on('error', reject);
      session.request({ ':path': '/metrics', ':authority': NAME }).on('response', resolve).on('error', reject).end();
    });
    session.close();
    expect(headers).toMatchObject({ ':status': 403, 'content-type': 'application/problem+json', 'strict-transport-security': 'max-age=63072000' });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('agrees on %s', async (version) => {
    expect(await handshake({ minVersion: version, maxVersion: version })).toBe(version);
  });

  test('refuses old TLS, weak ciphers and other names', async () => {
    expect(await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).not.toMatch(/^TLS/);
    expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).not.toMatch(/^TLS/);
    expect(await handshake({ servername: 'evil.example', rejectUnauthorized: false })).not.toMatch(/^TLS/);
  });
});
