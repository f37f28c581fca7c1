import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';
import { start } from './start.js';

interface Options {
  /** Admin port of the service. */
  readonly target: number;
  /** Port of nginx' exporter. */
  readonly exporter?: number;
  /** Port of Alertmanager. */
  readonly alertmanager?: number;
}

/** The emitted configuration with its clocks turned faster, and real ports. It ends with the test. */
export async function startPrometheus({ target, exporter, alertmanager }: Options): Promise<{ port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-prometheus-'));
  cpSync(join(inject('opsFolder'), 'ops/prometheus'), folder, { recursive: true });
  const change = (file: string, ...changes: readonly (readonly [RegExp, string])[]): void => {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), changes.reduce((result, [from, to]) => result.replace(from, to), text));
  };
  change('prometheus.yml', [/scrape_interval: 15s/, 'scrape_interval: 1s'], [/scrape_timeout: 10s/, 'scrape_timeout: 1s'], [/evaluation_interval: 30s/, 'evaluation_interval: 1s']);
  change('slo.yml', [/interval: (30s|2m)/g, 'interval: 1s']);
  // What may take longer stays: TargetAbsent must not fire before the targets are read.
  change('alerts.yml', [/for: (30s|[12]m)$/gm, 'for: 2s']);
  writeFileSync(join(folder, 'targets.yml'), `- targets: ['127.0.0.1:${target}']\n`);
  writeFileSync(join(folder, 'nginx-targets.yml'), exporter === undefined ? '[]\n' : `- targets: ['127.0.0.1:${exporter}']\n`);
  writeFileSync(join(folder, 'alertmanagers.yml'), alertmanager === undefined ? '[]\n' : `- targets: ['127.0.0.1:${alertmanager}']\n`);

  const port = await freePort();
  // What fires before Alertmanager is discovered is sent again only after the resend delay, a minute by default.
  const parameters = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--rules.alert.resend-delay=2s', '--log.level=warn'];
  start('prometheus', parameters, { folder });
  await until('Prometheus is ready', async () => (await send({ port, path: '/-/ready' })).kind === 'ok', 40_000);
  return { port };
}
