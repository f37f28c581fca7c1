import type { Project } from '../project.js';
import { type MetricDefinition, metrics, processMetrics } from '../service/files/src/metrics/catalog.js';
import { nginxMetrics } from './nginx-metrics.js';

/** docs/metrics.md: what can be asked for, from the catalogue that the code itself uses. */
export function metricsPage({ name, adminPort, proxy }: Pick<Project, 'name' | 'adminPort' | 'proxy'>): string {
  return `${[
    `# Metrics of ${name}`,
    `Served by the primary on port ${adminPort} (\`ADMIN_PORT\`), path \`/metrics\`, for all workers together. Counters are summed and stay when a worker dies; gauges with the label
\`worker\` are per slot, which a replacement takes over. A histogram is asked for by its parts: \`_bucket\`, \`_sum\`, \`_count\`.`,
    '## Of the service',
    'They stand in `src/metrics/catalog.ts`.',
    table(Object.values(metrics)),
    '## Of each process',
    'By prom-client, with others that no rule and no panel asks for; `worker` is the slot, or `primary`.',
    table(Object.values(processMetrics)),
    ...(proxy === 'nginx' ? ['## Of nginx', 'By `ops/nginx/exporter.mjs`, which reads the access log as nginx sends it, and nginx\'s own counters.', table(Object.values(nginxMetrics))] : []),
  ].join('\n\n')}\n`;
}

const table = (definitions: readonly MetricDefinition[]): string =>
  ['| metric | type | labels | meaning |', '| --- | --- | --- | --- |', ...definitions.map(row)].join('\n');

function row({ name, type, labels, help, buckets }: MetricDefinition): string {
  const bounds = buckets === undefined ? '' : `; buckets up to ${buckets.join(', ')}`;
  return `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help}${bounds} |`;
}
