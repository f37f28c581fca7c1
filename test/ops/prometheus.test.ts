import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';

import { selectors } from '../../templates/prometheus/promql.js';
import { alertGroups, allAlerts, nginxGroups, sloGroups } from '../../templates/prometheus/rules.js';
import { selections } from '../../templates/prometheus/selections.js';
import { sloRecords } from '../../templates/prometheus/slo.js';
import { type MetricDefinition, metrics } from '../../templates/service/files/src/metrics/catalog.js';
import { send } from '../chaos/harness/requests.js';
import { startService } from '../chaos/harness/service.js';
import { until } from '../chaos/harness/time.js';
import { askPrometheus } from './harness/ask-prometheus.js';
import { describeWith } from './harness/programs.js';
import { startPrometheus } from './harness/prometheus.js';

const run = promisify(execFile);

describeWith('promtool', 'promtool', () => {
  const promtool = async (...parameters: string[]): Promise<string> => {
    const { stdout, stderr } = await run('promtool', parameters, { cwd: join(inject('opsFolder'), 'ops/prometheus') });
    return stdout + stderr;
  };

  test('accepts the configuration and every rule in it', async () => {
    const said = await promtool('check', 'config', 'prometheus.yml');
    expect(said).toContain('prometheus.yml is valid');
    expect(said).not.toMatch(/WARNING.*targets/);
    const rules = [...said.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count));
    expect(rules.toSorted()).toEqual([alertGroups('shop'), sloGroups('shop'), nginxGroups('shop')].map((groups) => groups.flatMap((group) => group.rules).length).toSorted());
  });

  test('sees each alert fire, and stay silent', async () => {
    const startedAtMs = performance.now();
    await promtool('test', 'rules', 'tests/alerts.test.yml', 'tests/slo.test.yml', 'tests/nginx.test.yml');
    expect(performance.now() - startedAtMs).toBeLessThan(40_000);
  });

  test('sees that a rule with another threshold no longer passes its test', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hcnode-rules-'));
    onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
    cpSync(join(inject('opsFolder'), 'ops/prometheus'), folder, { recursive: true });
    const [rules, cases] = [join(folder, 'alerts.yml'), join(folder, 'tests/alerts.test.yml')];
    const suite = parse(readFileSync(cases, 'utf8')) as { tests: { name: string }[] };
    writeFileSync(cases, stringify({ ...suite, tests: suite.tests.filter(({ name }) => name.startsWith('ErrorRatioHigh')) }));
    await run('promtool', ['test', 'rules', cases]);

    const text = readFileSync(rules, 'utf8');
    writeFileSync(rules, text.replace('> 0.05 and', '> 0.5 and'));
    await expect(run('promtool', ['test', 'rules', cases])).rejects.toThrow();
  });
});

describeWith('prometheus', 'Prometheus', () => {
  test('scrapes the service: it is up, everything of the catalogue is there, and no rule fails', async () => {
    const service = await startService({ folder: inject('opsFolder') });
    await send({ port: service.port, path: '/' });
    await send({ port: service.port, path: '/process?count=1000' });
    const { port } = await startPrometheus({ target: service.adminPort });

    const { query, names, rules } = askPrometheus(port);
    await until('Prometheus has seen a worker', async () => (await query('hcnode_workers{job="shop", state="ready"}'))[0]?.value[1] === '2');
    expect(await query('up{job="shop"}')).toMatchObject([{ value: [expect.any(Number), '1'] }]);

    await until('a whole scrape was read', async () => (await query('hcnode_event_loop_utilization{job="shop"}')).length === 2);
    const known = await names();
    expect(expectedNames.filter((name) => !known.includes(name))).toEqual([]);

    const empty: string[] = [];
    for (const selector of rulesSelectors) if ((await query(selector)).length === 0) empty.push(selector);
    expect(empty.filter((selector) => !absentInHealth.test(selector))).toEqual([]);

    const computed = await until('all rules were computed', async () => {
      const all = await rules();
      return all.every(({ health }) => health !== 'unknown') && all;
    });
    expect(computed.filter(({ health }) => health !== 'ok')).toEqual([]);
    expect(computed.filter(({ state }) => state === 'firing').map(({ name }) => name)).toEqual(['Watchdog']);
  });
});

/** Every selector of every rule: a wrong label or value finds nothing, and its alert would never fire. */
const rulesSelectors = new Set([...allAlerts('shop'), ...sloRecords(selectors({ job: 'shop' }))].flatMap(({ expr }) => selections(expr).map(({ selector }) => selector)));
/** Series that begin with the first trouble, and records made of what came before the scrapes of this test. */
const absentInHealth = /status=~"5|outcome="(rejected|timeout)"|hcnode_metric_series_dropped_total|^job:/;

/** Absent until there is something to count. */
const onlyInTrouble = new Set<string>([metrics.seriesDropped.name]);
const definitions: MetricDefinition[] = Object.values(metrics);
const expectedNames = definitions.filter(({ name }) => !onlyInTrouble.has(name)).map(({ name, type }) => (type === 'histogram' ? `${name}_bucket` : name));
