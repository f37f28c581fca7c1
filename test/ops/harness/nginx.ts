import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';

export interface Nginx {
  readonly port: number;
  readonly tlsPort: number;
  readonly statusPort: number;
  /** Holds the certificate and the logs. */
  readonly folder: string;
  /** Lines of the access log, once what was logged so far is written. */
  accessLog(): Promise<string[]>;
  reload(): void;
  stop(): Promise<void>;
}

interface Options {
  /** The emitted project. */
  readonly folder: string;
  readonly upstreamPort: number;
  /** Instead of the emitted rate limit, for tests that are about something else. */
  readonly requestsPerSecond?: number;
  /** Port of the exporter of logs. */
  readonly logPort?: number;
  /** Switches the canary on, as canary.conf says. */
  readonly canaryPort?: number;
}

/** Longer than the log waits for more lines. */
const LOG_FLUSH_MS = 1300;

/** Starts nginx with the emitted configuration; only addresses and folders differ. */
export async function startNginx({ folder, upstreamPort, requestsPerSecond, logPort, canaryPort }: Options): Promise<Nginx> {
  const [port, tlsPort, statusPort] = [await freePort(), await freePort(), await freePort()];
  const copy = mkdtempSync(join(tmpdir(), 'hcnode-nginx-'));
  chmodSync(copy, 0o755); // nginx's own processes are another user
  const replacements: readonly [RegExp, string][] = [
    [/\/var\/log\/nginx/g, copy],
    [/\/var\/cache\/nginx/g, copy],
    [/\/etc\/letsencrypt\/live\/[^/]*/g, copy],
    [/\/var\/www\/acme/g, copy],
    [/listen (8080|80)\b/g, `listen 127.0.0.1:${port}`],
    [/listen 443\b/g, `listen 127.0.0.1:${tlsPort}`],
    [/listen \[::\].*$/gm, ''],
    [/127\.0\.0\.1:8081/g, `127.0.0.1:${statusPort}`],
    [/server 127\.0\.0\.1:(?!3100)\d+/g, `server 127.0.0.1:${upstreamPort}`],
    ...(canaryPort === undefined ? [] : ([[/#canary /g, ''], [/127\.0\.0\.1:3100/g, `127.0.0.1:${canaryPort}`], [/\b5% canary/, '50% canary']] as [RegExp, string][])),
    [/server=127\.0\.0\.1:5514/, `server=127.0.0.1:${logPort ?? 5514}`],
    [/^http {/m, 'http { client_body_temp_path a; proxy_temp_path b; fastcgi_temp_path c; uwsgi_temp_path d; scgi_temp_path e;'],
    [/rate=\d+r\/s/, requestsPerSecond === undefined ? '$&' : `rate=${requestsPerSecond}r/s`],
    [/limit_conn connections_per_client \d+/, requestsPerSecond === undefined ? '$&' : 'limit_conn connections_per_client 1000'],
  ];
  const source = join(folder, 'ops/nginx');
  for (const file of readdirSync(source)) {
    const text = readFileSync(join(source, file), 'utf8');
    writeFileSync(join(copy, file), replacements.reduce((result, [from, to]) => result.replace(from, to), text));
  }
  if (readdirSync(source).includes('tls.conf')) makeCertificate(copy);

  const parameters = ['-e', 'stderr', '-p', `${copy}/`, '-c', join(copy, 'nginx.conf'), '-g', `daemon off; pid ${copy}/nginx.pid;`];
  const child = spawn('nginx', parameters, { stdio: ['ignore', 'inherit', 'inherit'], env: searchPath });
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  await until('nginx answers', async () => (await send({ port: statusPort, path: '/healthz' })).kind === 'ok');

  return {
    port,
    tlsPort,
    statusPort,
    folder: copy,
    async accessLog() {
      await new Promise((resolve) => { setTimeout(resolve, LOG_FLUSH_MS); });
      return readFileSync(join(copy, 'access.log'), 'utf8').split('\n').filter(Boolean);
    },
    reload: () => { child.kill('SIGHUP'); },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(copy, { recursive: true, force: true });
    },
  };
}

const searchPath = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };

function makeCertificate(folder: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', join(folder, 'privkey.pem')];
  const certificate = ['-days', '1', '-subj', '/CN=shop.example', '-addext', 'subjectAltName=DNS:shop.example', '-out', join(folder, 'fullchain.pem')];
  execFileSync('openssl', ['req', '-x509', ...key, ...certificate], { stdio: 'pipe' });
}
