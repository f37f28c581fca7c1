import { metrics } from '../../service/files/src/metrics/catalog.js';
import { scrapeMetrics, selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function scrapeCases(job: string): Case[] {
  const { series } = selectors({ job, instance: INSTANCE });
  const up = series(scrapeMetrics.up);
  const upOfAnother = selectors({ job: 'another', instance: INSTANCE }).series(scrapeMetrics.up);
  const missing = series(metrics.scrapeMissingWorkers);
  const dropped = series(metrics.seriesDropped, { metric: '="http_requests_total"' });
  const labels = { job, instance: INSTANCE };
  return [
    { name: 'the target is down', series: { [up]: '1x5 0x20' }, at: '10m', alert: 'TargetDown', firing: [{ labels }] },
    { name: 'one scrape failed', series: { [up]: '1x5 0 1x20' }, at: '7m', alert: 'TargetDown', firing: [] },
    { name: 'another target is down', series: { [up]: '1x20', [upOfAnother]: '0x20' }, at: '10m', alert: 'TargetDown', firing: [] },

    { name: 'there is only another target', series: { [upOfAnother]: '1x20' }, at: '10m', alert: 'TargetAbsent', firing: [{ labels: { job } }] },
    { name: 'the target is down, not absent', series: { [up]: '0x20' }, at: '10m', alert: 'TargetAbsent', firing: [] },

    { name: 'two workers are silent', series: { [missing]: '2x20' }, at: '10m', alert: 'ScrapeMissingWorkers', firing: [{ labels, shows: '2' }] },
    { name: 'a worker was silent for a minute', series: { [missing]: '0x5 1 0x20' }, at: '7m', alert: 'ScrapeMissingWorkers', firing: [] },

    { name: 'label sets are dropped', series: { [dropped]: '0+9x20' }, at: '10m', alert: 'SeriesDropped', firing: [{ labels: { ...labels, metric: 'http_requests_total' } }] },
    { name: 'label sets were dropped once', series: { [dropped]: '_x5 9x20' }, at: '10m', alert: 'SeriesDropped', firing: [{ labels: { ...labels, metric: 'http_requests_total' } }] },
    { name: 'label sets were dropped an hour ago', series: { [dropped]: '0x5 9x60' }, at: '60m', alert: 'SeriesDropped', firing: [] },

    { name: 'whatever happens', series: { [up]: '1x5' }, at: '5m', alert: 'Watchdog', firing: [{ labels: {} }] },
  ];
}
