import { describe, expect, test } from 'vitest';

import { compose } from '../../generators/compose/compose.js';
import { defaults } from '../../test/support/selections.js';
import type { Project } from '../project.js';
import { settings } from '../service/files/src/settings.js';

const answers: Project = { ...defaults, name: 'shop', deploy: ['docker'], alerts: [], port: 3456 };
const files = compose(answers);
const read = (name: string): string => files.get(`ops/nginx/${name}`) ?? '';

/** The value of a directive in seconds, as the file has it. */
function seconds(file: string, directive: string): number {
  const value = new RegExp(`^\\s*${directive} (\\d+)s;`, 'm').exec(read(file))?.[1];
  if (value === undefined) throw new Error(`${file} has no ${directive} in seconds`);
  return Number(value);
}

describe('limits of nginx and of the service', () => {
  test('nginx closes idle connections before the service does', () => {
    expect(seconds('upstream.conf', 'keepalive_timeout') * 1000).toBeLessThan(settings.KEEP_ALIVE_TIMEOUT_MS.default);
    expect(seconds('upstream.compose.conf', 'keepalive_timeout')).toBe(seconds('upstream.conf', 'keepalive_timeout'));
  });

  test('the service gives up a task before nginx gives up the service', () => {
    expect(settings.TASK_TIMEOUT_MS.default).toBeLessThan(seconds('proxy.conf', 'proxy_read_timeout') * 1000);
  });

  test('old processes of nginx may finish what the longest request takes', () => {
    expect(seconds('nginx.conf', 'worker_shutdown_timeout')).toBeGreaterThanOrEqual(seconds('proxy.conf', 'proxy_read_timeout'));
  });

  test('both refuse the same bodies', () => {
    expect(read('limits.conf')).toContain(`client_max_body_size ${settings.BODY_LIMIT_BYTES.default};`);
  });
});

test('the upstream is the port that the service was created with, on the host and in compose', () => {
  expect(read('upstream.conf')).toMatch(/server 127\.0\.0\.1:3456 /);
  expect(read('upstream.compose.conf')).toMatch(/server service:3456 /);
});

test('every file is read, by nginx or by compose', () => {
  const included = [...files.values()].flatMap((text) => [...text.matchAll(/^\s*include ([\w.]+);/gm)].map(([, name]) => name));
  const unread = [...files.keys()].filter((path) => path.startsWith('ops/nginx/')).map((path) => path.slice('ops/nginx/'.length)).filter((name) => !included.includes(name));
  expect(unread).toEqual(['exporter.mjs', 'nginx-exporter.service', 'nginx.conf', 'upstream.compose.conf']);
  expect(files.get('compose.yaml')).toContain('./ops/nginx/upstream.compose.conf:/etc/nginx/upstream.conf:ro');
});

test('a real domain has TLS and its own certificate; localhost has none; without a proxy there is no nginx', () => {
  expect(compose({ ...answers, domain: 'shop.example' }).get('ops/nginx/tls.conf')).toContain('/etc/letsencrypt/live/shop.example/');
  expect(files.has('ops/nginx/tls.conf')).toBe(false);
  expect([...compose({ ...answers, proxy: 'none' }).keys()].filter((path) => path.includes('nginx'))).toEqual([]);
});
