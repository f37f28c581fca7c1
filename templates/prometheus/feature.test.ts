import { describe, expect, test } from 'vitest';

import { type MetricDefinition, metrics, processMetrics } from '../service/files/src/metrics/catalog.js';
import { runbookLink } from './alert.js';
import { nginxCases } from './cases/nginx.js';
import { sloCases } from './cases/slo.js';
import { nginxMetrics } from './nginx-metrics.js';
import { scrapeMetrics, selectors } from './promql.js';
import { alertCases } from './promtool-tests.js';
import { alertsOfNginx, allAlerts } from './rules.js';
import { runbook } from './runbook.js';
import { metricNames } from './selections.js';
import { sloRecords } from './slo.js';

const JOB = 'shop';
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
  const text = runbook({ name: JOB, adminPort: 9464 }, alerts);
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  test('has a section for each alert, and no other', () => {
    expect(headings).toEqual(alertNames);
  });

  test.each(alertNames)('the link of %s leads to its section', (name) => {
    // A heading of letters only is its own anchor, in small letters.
    expect(name).toMatch(/^[A-Za-z]+$/);
    expect(runbookLink(name)).toBe(`docs/runbook.md#${name.toLowerCase()}`);
  });

  test('sends nobody to an alert that does not exist', () => {
    const mentioned = [...text.matchAll(/\b(?:see|[Aa]s for) ([A-Z][A-Za-z]+)/g)].map(([, name]) => name ?? '');
    expect(mentioned).not.toHaveLength(0);
    expect(mentioned.filter((name) => !alertNames.includes(name) && !/^[A-Z_]+$/.test(name))).toEqual([]);
  });
});

test('every alert says how bad it is, what it means and what to do', () => {
  for (const { summary, meaning, actions } of alerts) {
    expect(summary.length).toBeLessThan(160);
    expect(meaning).toMatch(/\.$/);
    expect(actions).not.toHaveLength(0);
  }
});
