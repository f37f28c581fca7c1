import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';

import { metrics } from '../../templates/service/files/src/metrics/catalog.js';
import { freePort } from '../chaos/harness/ports.js';
import { send } from '../chaos/harness/requests.js';
import { startService } from '../chaos/harness/service.js';
import { until } from '../chaos/harness/time.js';
import { askPrometheus } from './harness/ask-prometheus.js';
import { startExporter } from './harness/exporter.js';
import { startNginx } from './harness/nginx.js';
import { describeWith } from './harness/programs.js';
import { startPrometheus } from './harness/prometheus.js';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

/** Panels of failures, of objectives whose windows are longer than this test, and of alerts: there are none. */
const emptyInHealth = /status=~"5|job:http_|ALERTS|hcnode_heap_growth|^sum by \(instance, (reason|outcome)\)/;

describeWith('prometheus', 'the dashboard', () => {
  let shown: Dashboard;
  beforeAll(() => {
    // Ours, as Grafana reads it.
    shown = JSON.parse(readFileSync(join(inject('opsFolder'), 'ops/grafana/dashboards/service.json'), 'utf8')) as Dashboard;
  });

  describeWith('nginx', 'with nginx in front of the service', () => {
    test('every query of every panel is answered by a real Prometheus, as Grafana asks it', async () => {
      const service = await startService({ folder: inject('opsFolder') });
      const logPort = await freePort();
      const nginx = await startNginx({ folder: inject('opsFolder'), upstreamPort: service.port, requestsPerSecond: 100_000, logPort });
      try {
        const exporterPort = await startExporter({ logPort, statusPort: nginx.statusPort });
        const { port } = await startPrometheus({ target: service.adminPort, exporter: exporterPort });
        const { query, queryRange, series, rules } = askPrometheus(port);
        await until('both are scraped', async () => (await query('up == 1')).length >= 2);
        await until('the rates of nginx and of tasks begin', async () => {
          await Promise.all(['/', '/process?count=1000', '/no-such-path'].map(async (path) => send({ port: nginx.port, path })));
          const begun = await Promise.all(slowest.map(async (expr) => query(expr)));
          return begun.every((result) => result.length > 0);
        });

        const queries = [...shown.panels.flatMap(({ targets = [] }) => targets), ...shown.annotations.list].map(({ expr }) => inTime(expr));
        expect(queries.length).toBeGreaterThan(50);
        const empty: string[] = [];
        for (const each of queries) if ((await queryRange(each)).length === 0) empty.push(each);
        expect(empty.filter((each) => !emptyInHealth.test(each))).toEqual([]);

        const instances = shown.templating.list.find(({ name }) => name === 'instance')?.query;
        const selector = /^label_values\((.*), instance\)$/.exec(instances ?? '')?.[1];
        expect(selector).toContain(metrics.workersWanted.name);
        expect(await series(selector ?? '')).toMatchObject([{ instance: `127.0.0.1:${service.adminPort}` }]);

        const computed = await until('all rules were computed', async () => {
          const all = await rules();
          return all.length > 0 && all.every(({ health }) => health !== 'unknown') && all;
        });
        expect(computed.filter(({ health }) => health !== 'ok')).toEqual([]);
        expect(computed.filter(({ state }) => state === 'firing').map(({ name }) => name)).toEqual(['Watchdog']);
      } finally {
        await nginx.stop();
      }
    });
  });
});

/** What begins with the first request, and is seen last. */
const slowest = ['nginx_responses_total{job="shop-nginx", status="404"}', 'http_requests_total{job="shop", route="/process"}', 'hcnode_task_run_seconds_count{job="shop"}'].map(
  (selector) => `rate(${selector}[10s]) > 0`,
);

const inTime = (expr: string): string => expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '10s').replaceAll('$__range', '10s');
