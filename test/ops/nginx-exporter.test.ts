import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';

import { nginxMetrics } from '../../templates/prometheus/nginx-metrics.js';
import type { MetricDefinition } from '../../templates/service/files/src/metrics/catalog.js';
import { freePort } from '../chaos/harness/ports.js';
import { send } from '../chaos/harness/requests.js';
import { until } from '../chaos/harness/time.js';
import { startEcho } from './harness/echo.js';
import { startExporter } from './harness/exporter.js';
import { startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';

describeWith('nginx', 'the exporter beside nginx', () => {
  test('counts what clients saw, what got no answer and what the cache had; tells that nginx is gone; survives nonsense', { timeout: 60_000 }, async () => {
    const logPort = await freePort();
    const echo = await startEcho();
    const nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: echo.port, requestsPerSecond: 100_000, logPort });
    const metricsPort = await startExporter({ logPort, statusPort: nginx.statusPort });
    const read = async (): Promise<string> => (await send({ port: metricsPort, path: '/metrics' })).answer?.body ?? '';
    const value = async (series: string): Promise<number> => Number((await read()).split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1));
    expect(await value('nginx_responses_total{status="502"}')).toBe(0);

    for (let count = 0; count < 20; count++) await send({ port: nginx.port, path: '/' });
    await send({ port: nginx.port, path: '/fail' });
    await send({ port: nginx.port, path: '/metrics' });
    for (let count = 0; count < 2; count++) await send({ port: nginx.port, path: '/x?cache-control=max-age%3D60' });
    await until('all were counted', async () => (await value('nginx_request_duration_seconds_count')) === 24);
    expect(await value('nginx_responses_total{status="200"}')).toBe(22);
    expect(await value('nginx_responses_total{status="500"}')).toBe(1);
    expect(await value('nginx_responses_total{status="403"}')).toBe(1);
    expect(await value('nginx_cache_requests_total{result="hit"}')).toBe(1);
    expect(await value('nginx_upstream_failures_total')).toBe(0);
    expect(await value('nginx_up')).toBe(1);

    const text = await read();
    const definitions: MetricDefinition[] = Object.values(nginxMetrics);
    expect([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]).sort()).toEqual(definitions.map(({ name, type }) => [name, type]).sort());
    expect([...text.matchAll(/^nginx_request_duration_seconds_bucket\{le="([\d.]+)"\}/gm)].map(([, bound]) => Number(bound))).toEqual(nginxMetrics.duration.buckets);
    for (const { name, labels } of definitions) {
      const found = [...text.matchAll(new RegExp(`^${name}(?:_bucket)?\\{(\\w+)=`, 'gm'))].map(([, label]) => label).filter((label) => label !== 'le');
      expect([...new Set(found)], name).toEqual(labels);
    }

    const nonsense = createSocket('udp4');
    onTestFinished(() => { nonsense.close(); });
    for (const line of ['', '{', '{}', 'null', '{"status":"200"}', '{"status":1e9,"request_seconds":1}', '\u0000'.repeat(1000)]) nonsense.send(line, logPort, '127.0.0.1');
    await until('nonsense was counted', async () => (await value('nginx_log_lines_unreadable_total')) === 7);

    await echo.stop();
    await send({ port: nginx.port, path: '/' });
    await until('a request without an answer was counted', async () => (await value('nginx_upstream_failures_total')) === 1);
    await nginx.stop();
    expect(await value('nginx_up')).toBe(0);
    expect(await value('nginx_responses_total{status="502"}')).toBe(1);
  });
});

describeWith('systemd-analyze', 'the unit of the exporter', () => {
  test('is one', async () => {
    const { stderr } = await promisify(execFile)('systemd-analyze', ['verify', join(inject('opsFolder'), 'ops/nginx/nginx-exporter.service')]);
    expect(stderr).toBe('');
  });
});
