import { describe, expect, test } from 'vitest';

import { selectors } from '../prometheus/promql.js';
import { nginxMetrics } from '../prometheus/nginx-metrics.js';
import { selections } from '../prometheus/selections.js';
import { sloRecords } from '../prometheus/slo.js';
import { type MetricDefinition, metrics, processMetrics } from '../service/files/src/metrics/catalog.js';
import { dashboard } from './dashboard.js';
import { dashboardRows } from './rows.js';

const JOB = 'shop';
const panels = dashboardRows(JOB).flatMap((row) => row.panels);
const queries = panels.flatMap(({ title, queries: byLegend }) => Object.entries(byLegend).map(([legend, query]) => ({ title, legend, query })));
const inTime = (query: string): string => query.replaceAll('$__rate_interval', '5m').replaceAll('$__range', '1h');

const definitions: MetricDefinition[] = [...Object.values(metrics), ...Object.values(processMetrics)];
const known = new Set([
  ...definitions.flatMap(({ name, type }) => (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name])),
  ...sloRecords(selectors({ job: JOB })).map(({ record }) => record),
  // Prometheus' own, of every alert.
  'ALERTS',
]);

interface Laid {
  readonly id: number;
  readonly type: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly refId: string; readonly datasource: { readonly uid: string }; readonly expr: string }[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}
// Read as Grafana reads it.
const { panels: laid } = JSON.parse(JSON.stringify(dashboard(JOB))) as { panels: Laid[] };

describe('queries', () => {
  test.each(queries)('$title, $legend: asks for what is emitted, of this service only', ({ query }) => {
    const asked = selections(inTime(query));
    expect(asked).not.toHaveLength(0);
    expect(asked.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(asked.filter(({ selector }) => !selector.includes(`{job="${JOB}"`))).toEqual([]);
  });

  test('a legend names labels that the query has', () => {
    for (const { legend, query } of queries) {
      const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      const grouped = /sum by \(([^)]*)\)/.exec(query)?.[1]?.split(', ');
      if (grouped) expect(grouped).toEqual(expect.arrayContaining(labels));
    }
  });

  test('every metric of the catalogue is shown, or said not to be', () => {
    const shown = new Set(queries.flatMap(({ query }) => selections(inTime(query)).map(({ name }) => name.replace(/_(bucket|sum|count)$/, ''))));
    const hidden = Object.values<MetricDefinition>(metrics).map(({ name }) => name).filter((name) => !shown.has(name));
    // Their alerts say it all.
    expect(hidden).toEqual([metrics.crashLoop, metrics.reloads, metrics.seriesDropped].map(({ name }) => name));
  });
});

test('with nginx there is a row that asks for what its exporter tells, and for all of it but its health', () => {
  const row = dashboardRows(JOB, { errorBudget: 0.001, hasNginx: true }).at(-1);
  expect(row?.title).toBe('nginx');
  const asked = row?.panels.flatMap((panel) => Object.values(panel.queries)).flatMap((query) => selections(inTime(query))) ?? [];
  const told = Object.values<MetricDefinition>(nginxMetrics).map(({ name }) => name);
  const names = new Set(asked.map(({ name }) => name.replace(/_bucket$/, '')));
  expect([...names].filter((name) => !told.includes(name))).toEqual([]);
  expect(told.filter((name) => !names.has(name))).toEqual([nginxMetrics.up.name, nginxMetrics.unreadable.name]);
  expect(asked.filter(({ selector }) => !selector.includes(`{job="${JOB}-nginx"`))).toEqual([]);
});

describe('panels', () => {
  test('have titles of their own, and say what they show', () => {
    const titles = panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(panels.filter(({ about, unit }) => about.length < 10 || unit === '')).toEqual([]);
  });

  test('ask the Prometheus that the reader has chosen, over times that follow the zoom', () => {
    const shown = laid.filter(({ type }) => type !== 'row');
    expect(shown).toHaveLength(panels.length);
    for (const { description, datasource, fieldConfig, targets = [] } of shown) {
      expect([description, fieldConfig?.defaults.unit]).not.toContain(undefined);
      expect(targets).not.toHaveLength(0);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const { uid } of [datasource, ...targets.map((target) => target.datasource)].map((each) => ({ uid: each?.uid }))) expect(uid).toBe('${datasource}');
      for (const { expr } of targets) expect(expr).not.toMatch(/(rate|increase)\([^[]*\[\d/);
    }
  });

  test('have ids of their own, and do not lie on one another', () => {
    expect(new Set(laid.map(({ id }) => id)).size).toBe(laid.length);
    const cells = laid.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    expect(laid.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });
});
