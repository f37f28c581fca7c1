import { metrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import { scrapeMetrics, type Selectors } from '../promql.js';

export const scrapeAlerts = ({ series }: Selectors): Alert[] => [
  {
    name: 'TargetDown',
    expr: `${series(scrapeMetrics.up)} == 0`,
    for: '2m',
    severity: 'critical',
    summary: '{{ $labels.instance }} of {{ $labels.job }} cannot be scraped',
    meaning: 'The admin port does not answer Prometheus. Either the service is down, or nobody can see how it is.',
    actions: [
      'Does the service run? See Commands.',
      'It runs: can Prometheus reach it? ADMIN_HOST must not be loopback when Prometheus is on another host or in another container; on Kubernetes the NetworkPolicy lets in one name space. The Targets page of Prometheus has the error.',
      '`sample limit exceeded` there: a label has too many values. See SeriesDropped.',
    ],
  },
  {
    name: 'TargetAbsent',
    expr: `absent(${series(scrapeMetrics.up)})`,
    for: '5m',
    severity: 'critical',
    summary: 'Prometheus knows no target of {{ $labels.job }}',
    meaning: 'There is no target with this job: the scrape configuration or the service discovery has lost it. TargetDown cannot see this.',
    actions: ['Check `ops/prometheus/targets.yml`, the `job_name` in `prometheus.yml`, and the log of Prometheus.'],
  },
  {
    name: 'ScrapeMissingWorkers',
    expr: `${series(metrics.scrapeMissingWorkers)} > 0`,
    for: '5m',
    severity: 'warning',
    summary: '{{ $value }} ready workers of {{ $labels.instance }} do not tell their metrics',
    meaning: 'Ready workers have sent no metrics for some seconds, again and again: their event loops are held up, but not long enough for them to count as hung.',
    actions: ['See EventLoopDelayHigh: the graphs of these workers have gaps, so look at the log and take a CPU profile.'],
  },
  {
    name: 'SeriesDropped',
    // The series begins with the first drop, which is no increase.
    expr: `increase(${series(metrics.seriesDropped)}[15m]) > 0 or (${series(metrics.seriesDropped)} unless ${series(metrics.seriesDropped)} offset 15m)`,
    severity: 'warning',
    summary: '{{ $labels.instance }} leaves out label sets of {{ $labels.metric }}: there are too many',
    meaning: 'A metric has more label sets than are kept. New ones are dropped, so its sums are too small.',
    actions: ['A label has values without end: an id, a path, a time. Put the template of a route or a class there instead.'],
  },
  {
    name: 'Watchdog',
    expr: 'vector(1)',
    severity: 'none',
    summary: 'Alerting works',
    meaning: 'Always firing. When it stops to arrive where it is sent, Prometheus, Alertmanager or the way between them is broken, and no other alert would arrive either.',
    actions: ['If you read this because it stopped: is Prometheus up? Is Alertmanager? Do their logs tell of failed notifications?'],
  },
];
