import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { type MetricDefinition, metrics, processMetrics } from '../service/files/src/metrics/catalog.js';
import { settings } from '../service/files/src/settings.js';
import { runbookLink } from './alert.js';
import { nginxCases } from './cases/nginx.js';
import { sloCases } from './cases/slo.js';
import { nginxMetrics } from './nginx-metrics.js';
import { scrapeMetrics, selectors } from './promql.js';
import { alertCases } from './promtool-tests.js';
import { alertsOfNginx, allAlerts } from './rules.js';
import { runbook } from './runbook.js';
import { metricNames, selections } from './selections.js';
import { sloRecords } from './slo.js';

const JOB = 'shop';
const EMITTED = join(import.meta.dirname, '../service/files/src');
const ofNginx = alertsOfNginx(JOB);
const alerts = [...allAlerts(JOB), ...ofNginx];
const alertNames = [...new Set(alerts.map(({ name }) => name))];
const records = sloRecords(selectors({ job: JOB }));
const cases = [...alertCases(JOB), ...sloCases(JOB), ...nginxCases(JOB)];

const definitions: MetricDefinition[] = [...Object.values(metrics), ...Object.values(processMetrics), ...Object.values(scrapeMetrics), ...Object.values(nginxMetrics)];
const known = new Set([...definitions.flatMap(seriesOf), ...records.map(({ record }) => record)]);

/** A histogram can be asked for by its parts only: under its bare name there is nothing. */
function seriesOf({ name, type }: MetricDefinition): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

describe('the metrics that are asked for', () => {
  test.each([...records, ...alerts.filter(({ name }) => name !== 'Watchdog')])('$name$record asks only for what is emitted or recorded', ({ expr }) => {
    const asked = metricNames(expr);
    expect(asked).not.toHaveLength(0);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test('of the job only: another service with the same rules is none of its business', () => {
    for (const { expr, name } of [...records.map((each) => ({ ...each, name: each.record })), ...alerts]) {
      const selections = metricNames(expr).length;
      const job = ofNginx.some((alert) => alert.name === name) ? `${JOB}-nginx` : JOB;
      expect(expr.split(`{job="${job}"`)).toHaveLength(selections + 1);
    }
  });

  test('a bare histogram, an unknown metric and broken PromQL are noticed', () => {
    expect(metricNames('rate(http_request_duration_seconds[5m])').filter((name) => !known.has(name))).toEqual(['http_request_duration_seconds']);
    expect(() => metricNames('rate(http_requests_total[5m]')).toThrow('not PromQL');
    expect(() => metricNames('{job="shop"}')).toThrow('without a name');
  });
});

describe('the cases for promtool', () => {
  test.each(alertNames)('%s is seen to fire', (name) => {
    const variants = alerts.filter((alert) => alert.name === name).length;
    const seen = cases.filter((each) => each.alert === name).flatMap(({ firing }) => firing.map(({ labels }) => `${labels['long_window']}`));
    expect(new Set(seen).size).toBe(variants);
  });

  test.each(alertNames.filter((name) => name !== 'Watchdog'))('%s is seen to be silent', (name) => {
    expect(cases.filter(({ alert, firing }) => alert === name && firing.length === 0)).not.toHaveLength(0);
  });

  test('are all about alerts that exist', () => {
    expect(cases.map(({ alert }) => alert).filter((alert) => !alertNames.includes(alert))).toEqual([]);
  });
});

describe('the runbook', () => {
  const text = runbook({ name: JOB, adminPort: 9464, deploy: ['systemd', 'docker', 'kubernetes'], canary: 'none' }, alerts);
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  test('has a section for each alert, and no other', () => {
    expect(headings).toEqual(alertNames);
  });

  test.each(alertNames)('the link of %s leads to its section', (name) => {
    // A heading of letters only is its own anchor, in small letters.
    expect(name).toMatch(/^[A-Za-z]+$/);
    expect(runbookLink(name)).toBe(`docs/runbook.md#${name.toLowerCase()}`);
  });

  test('names settings, metrics, actions and lines of the log that there are', () => {
    const named = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))];
    const source = readdirSync(EMITTED, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(EMITTED, path), 'utf8')).join('');
    const settingNames = named(/\b([A-Z]+(?:_[A-Z]+)+)\b/g);
    expect(settingNames.length).toBeGreaterThan(8);
    expect(settingNames.filter((name) => !(name in settings))).toEqual([]);

    const metricsNamed = named(/\b((?:hcnode|http|process|nginx)_\w+)/g);
    expect(metricsNamed.filter((name) => !known.has(name) && !known.has(`${name}_bucket`))).toEqual([]);

    const routes = [...source.matchAll(/method: '(\w+)',\s*path: \/(\S+)\/,/g)].map(([, method, path]) => ({ method, path: new RegExp(path ?? '') }));
    expect(routes.length).toBeGreaterThan(8);
    const actions = [...text.matchAll(/`(GET|POST|PUT) (\/[^`?]*)|curl (?:--request (POST|PUT) )?[^\n]*?:9464(\/[^'\s?]*)/g)].map(([, spoken, path, sent, sentPath]) => [spoken ?? sent ?? 'GET', (path ?? sentPath ?? '').replace('ID', '1')]);
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter(([method, path]) => !routes.some((route) => route.method === method && route.path.test(path ?? '')))).toEqual([]);

    const lines = named(/`((?:worker|reload) [a-z ]+)`/g);
    expect(lines).toEqual(expect.arrayContaining(['worker died', 'reload aborted']));
    expect(lines.filter((line) => !source.includes(`'${line}`))).toEqual([]);

    for (const query of named(/`([a-z_]+(?: by \([^)]*\))? ?\([^`]*\[5m\][^`]*)`/g)) expect(selections(query)).not.toHaveLength(0);
  });

  test('sends nobody to an alert that does not exist', () => {
    const mentioned = [...text.matchAll(/\b(?:see|[Aa]s for) ([A-Z][A-Za-z]+)/g)].map(([, name]) => name ?? '');
    expect(mentioned).not.toHaveLength(0);
    expect(mentioned.filter((name) => !alertNames.includes(name) && name !== 'Commands' && !/^[A-Z_]+$/.test(name))).toEqual([]);
  });
});

test('every alert says how bad it is, what it means and what to do', () => {
  for (const { summary, meaning, actions } of alerts) {
    expect(summary.length).toBeLessThan(160);
    expect(meaning).toMatch(/\.$/);
    expect(actions).not.toHaveLength(0);
  }
});
