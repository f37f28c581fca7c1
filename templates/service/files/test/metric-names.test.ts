import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { type MetricDefinition, metrics, processMetrics } from '../src/metrics/catalog.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const NGINX_EXPORTER = join(ROOT, 'ops/nginx/exporter.mjs');
/** What rules, dashboard and documents may speak of. */
const known = new Set([...Object.values<MetricDefinition>({ ...metrics, ...processMetrics }).flatMap(seriesOf), ...ofNginx()]);

test('rules, dashboard and documents name metrics of the catalogue only', () => {
  const wrong = textFiles().flatMap((path) => namesIn(readFileSync(path, 'utf8')).filter((name) => !known.has(name)).map((name) => `${relative(ROOT, path)}: ${name}`));
  assert.deepEqual(wrong, []);
});

test('code makes metrics from the catalogue only', () => {
  const makers = files(join(ROOT, 'src')).filter((path) => /new (Counter|Gauge|Histogram|Summary)\b/.test(readFileSync(path, 'utf8')));
  assert.deepEqual(makers.map((path) => relative(ROOT, path)), ['src/metrics/define.ts']);
});

test('a name that is not there is seen', () => {
  assert.deepEqual(namesIn('rate(http_requests_totals[5m]) / hcnode_wrkers').filter((name) => !known.has(name)), ['http_requests_totals', 'hcnode_wrkers']);
});

/** A histogram is asked for by its parts; documents may use its plain name. */
function seriesOf({ name, type }: MetricDefinition): string[] {
  return type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

/** nginx's exporter tells metrics of its own. */
function ofNginx(): string[] {
  if (!existsSync(NGINX_EXPORTER)) return [];
  return namesIn(readFileSync(NGINX_EXPORTER, 'utf8')).flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]);
}

/** Words that begin as our metrics do. Behind a colon they are part of a recorded series: `job:http_errors:ratio_rate5m`. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w:.$/-])(?:http|hcnode|process|nodejs|nginx)_[a-z0-9_]+\b(?![:./])/g)].map(([name]) => name);
}

function textFiles(): string[] {
  return ['ops/prometheus', 'ops/grafana', 'ops/kubernetes', 'docs'].flatMap((folder) => files(join(ROOT, folder))).concat(join(ROOT, 'README.md'));
}

function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
