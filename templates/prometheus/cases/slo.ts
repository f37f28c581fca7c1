import { metrics } from '../../service/files/src/metrics/catalog.js';
import { type Objectives, usualObjectives } from '../objectives.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

const STEP_MINUTES = 2;
const REQUESTS_PER_MINUTE = 10_000;
const interval = `${STEP_MINUTES}m`;

/** Availability and latency have the same windows. The shares follow the budgets, so that the cases hold for every objective. */
export function sloCases(job: string, { errorBudget, slowBudget, slowSeconds }: Objectives = usualObjectives): Case[] {
  const broken = Math.min(0.8, 200 * errorBudget);
  const ours = selectors({ job, instance: INSTANCE });
  const common = { method: '="GET"', route: '="/"' } as const;
  const good = ours.series(metrics.httpRequests, { ...common, status: '="200"' });
  const failed = ours.series(metrics.httpRequests, { ...common, status: '="500"' });
  const answered = ours.count(metrics.httpRequestDuration, { ...common, status_class: '="2xx"' });
  const fast = ours.bucket(metrics.httpRequestDuration, { ...common, status_class: '="2xx"', le: `="${slowSeconds}"` });
  const failedFast = ours.bucket(metrics.httpRequestDuration, { ...common, status_class: '="5xx"', le: `="${slowSeconds}"` });
  const page1h = { job, long_window: '1h', short_window: '5m' };
  const page6h = { job, long_window: '6h', short_window: '30m' };
  const ticket1d = { job, long_window: '1d', short_window: '2h' };
  const ticket3d = { job, long_window: '3d', short_window: '6h' };

  const failing = (...pieces: readonly (readonly [minutes: number, share: number])[]): Case['series'] => ({
    [good]: counter(...pieces.map(([minutes, share]) => [minutes, REQUESTS_PER_MINUTE * (1 - share)] as const)),
    [failed]: counter(...pieces.map(([minutes, share]) => [minutes, REQUESTS_PER_MINUTE * share] as const)),
  });
  const slow = (...pieces: readonly (readonly [minutes: number, share: number])[]): Case['series'] => {
    const all = counter([pieces.reduce((sum, [minutes]) => sum + minutes, 0), REQUESTS_PER_MINUTE]);
    return { [good]: all, [answered]: all, [fast]: counter(...pieces.map(([minutes, share]) => [minutes, REQUESTS_PER_MINUTE * (1 - share)] as const)) };
  };

  const availability: Omit<Case, 'alert'>[] = [
    {
      name: `${shown(broken)} fail for an hour: pages by both windows`,
      series: failing([300, 0], [60, broken]),
      at: '355m',
      firing: [{ labels: page1h, shows: shown(broken) }, { labels: page6h, shows: shown(broken) }],
    },
    {
      name: `${shown(broken)} failed for an hour, two hours ago: the pages are over, a ticket stays`,
      series: failing([300, 0], [60, broken], [150, 0]),
      at: '500m',
      firing: [{ labels: ticket3d, shows: shown(broken / 6) }],
    },
    {
      name: `${shown(4 * errorBudget)} fail for half a day: no page, two tickets`,
      series: failing([60, 0], [720, 4 * errorBudget]),
      at: '770m',
      firing: [{ labels: ticket1d, shows: shown(4 * errorBudget) }, { labels: ticket3d, shows: shown(4 * errorBudget) }],
    },
    { name: `${shown(errorBudget / 2)} fail: within the budget`, series: failing([500, errorBudget / 2]), at: '490m', firing: [] },
    { name: 'half of 60 requests an hour fail: too few to page', series: { [good]: counter([60, 0.5]), [failed]: counter([60, 0.5]) }, at: '50m', firing: [] },
  ];
  const latency: Omit<Case, 'alert'>[] = [
    {
      // Three hours: with a budget of 5 % it takes that long until the 6 hours are bad enough.
      name: '80% are slow for three hours: pages by both windows, and a ticket',
      series: slow([300, 0], [180, 0.8]),
      at: '470m',
      firing: [page1h, page6h, ticket1d].map((labels) => ({ labels, shows: '80%' })),
    },
    {
      name: `${shown(4 * slowBudget)} are slow for half a day: no page, two tickets`,
      series: slow([60, 0], [720, 4 * slowBudget]),
      at: '770m',
      firing: [{ labels: ticket1d, shows: shown(4 * slowBudget) }, { labels: ticket3d, shows: shown(4 * slowBudget) }],
    },
    { name: `${shown(slowBudget / 2)} are slow: within the budget`, series: slow([500, slowBudget / 2]), at: '490m', firing: [] },
    {
      name: 'failures are quick, but do not make up for slow answers',
      series: { [good]: counter([100, 300]), [answered]: counter([100, 300]), [fast]: counter([100, 30]), [failed]: counter([100, 900]), [failedFast]: counter([100, 900]) },
      at: '50m',
      firing: [{ labels: page1h, shows: '90%' }, { labels: page6h, shows: '90%' }],
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

/** As Prometheus writes it: humanizePercentage, four digits. */
const shown = (share: number): string => `${Number((share * 100).toPrecision(4))}%`;
