import { metrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { SLOW_SECONDS } from '../sli.js';
import { type Case, INSTANCE } from './case.js';

const STEP_MINUTES = 2;
const interval = `${STEP_MINUTES}m`;

/** Availability and latency have the same windows. */
export function sloCases(job: string): Case[] {
  const ours = selectors({ job, instance: INSTANCE });
  const common = { method: '="GET"', route: '="/"' } as const;
  const good = ours.series(metrics.httpRequests, { ...common, status: '="200"' });
  const failed = ours.series(metrics.httpRequests, { ...common, status: '="500"' });
  const answered = ours.count(metrics.httpRequestDuration, { ...common, status_class: '="2xx"' });
  const fast = ours.bucket(metrics.httpRequestDuration, { ...common, status_class: '="2xx"', le: `="${SLOW_SECONDS}"` });
  const failedFast = ours.bucket(metrics.httpRequestDuration, { ...common, status_class: '="5xx"', le: `="${SLOW_SECONDS}"` });
  const page1h = { job, long_window: '1h', short_window: '5m' };
  const page6h = { job, long_window: '6h', short_window: '30m' };
  const ticket1d = { job, long_window: '1d', short_window: '2h' };
  const ticket3d = { job, long_window: '3d', short_window: '6h' };

  const availability: Omit<Case, 'alert'>[] = [
    {
      name: '20 % fail for an hour: pages by both windows',
      series: { [good]: counter([300, 1000], [60, 800]), [failed]: counter([300, 0], [60, 200]) },
      at: '355m',
      firing: [{ labels: page1h, shows: '20%' }, { labels: page6h, shows: '20%' }],
    },
    {
      name: '20 % failed for an hour, two hours ago: the pages are over, a ticket stays',
      series: { [good]: counter([300, 1000], [60, 800], [150, 1000]), [failed]: counter([300, 0], [60, 200], [150, 0]) },
      at: '500m',
      firing: [{ labels: ticket3d, shows: '3.333%' }],
    },
    {
      name: '0.4 % fail for half a day: no page, two tickets',
      series: { [good]: counter([60, 1000], [720, 996]), [failed]: counter([60, 0], [720, 4]) },
      at: '770m',
      firing: [{ labels: ticket1d, shows: '0.4%' }, { labels: ticket3d, shows: '0.4%' }],
    },
    { name: '0.05 % fail: within the budget', series: { [good]: counter([500, 9995]), [failed]: counter([500, 5]) }, at: '490m', firing: [] },
    { name: 'half of 60 requests an hour fail: too few to page', series: { [good]: counter([60, 0.5]), [failed]: counter([60, 0.5]) }, at: '50m', firing: [] },
  ];
  const latency: Omit<Case, 'alert'>[] = [
    {
      name: '80 % are slow for an hour: pages by both windows',
      series: { [good]: counter([360, 1000]), [answered]: counter([360, 1000]), [fast]: counter([300, 1000], [60, 200]) },
      at: '355m',
      firing: [{ labels: page1h, shows: '80%' }, { labels: page6h, shows: '80%' }],
    },
    {
      name: '4 % are slow for half a day: no page, two tickets',
      series: { [good]: counter([780, 1000]), [answered]: counter([780, 1000]), [fast]: counter([60, 1000], [720, 960]) },
      at: '770m',
      firing: [{ labels: ticket1d, shows: '4%' }, { labels: ticket3d, shows: '4%' }],
    },
    { name: '0.5 % are slow: within the budget', series: { [good]: counter([500, 1000]), [answered]: counter([500, 1000]), [fast]: counter([500, 995]) }, at: '490m', firing: [] },
    {
      name: 'failures are quick, but do not make up for slow answers',
      series: { [good]: counter([100, 300]), [answered]: counter([100, 300]), [fast]: counter([100, 200]), [failed]: counter([100, 900]), [failedFast]: counter([100, 900]) },
      at: '50m',
      firing: [{ labels: page1h, shows: '33.33%' }, { labels: page6h, shows: '33.33%' }],
    },
  ];
  return [
    ...availability.map((each): Case => ({ ...each, interval, alert: 'AvailabilityBudgetBurn' })),
    ...latency.map((each): Case => ({ ...each, interval, alert: 'LatencyBudgetBurn' })),
  ];
}

/** A counter in promtool's notation, from pieces of [minutes, growth per minute]. */
function counter(...pieces: readonly (readonly [minutes: number, perMinute: number])[]): string {
  let value = 0;
  return pieces
    .map(([minutes, perMinute]) => {
      const steps = minutes / STEP_MINUTES;
      const growth = perMinute * STEP_MINUTES;
      const text = `${value}+${growth}x${steps - 1}`;
      value += growth * steps;
      return text;
    })
    .join(' ');
}
