import { metrics } from '../service/files/src/metrics/catalog.js';
import type { Selectors } from './promql.js';

type LatencyBound = (typeof metrics.httpRequestDuration.buckets)[number];

/** A request that takes longer is a slow one. It must be a bound of the histogram, and 0.5 reads the same in Prometheus 2 and 3. */
export const SLOW_SECONDS: LatencyBound = 0.5;

/**
 * Share (0 to 1) of requests answered with 5xx. It is 0, not absent, before the first 5xx, and absent, not NaN, without traffic.
 * @param window Prometheus' duration, such as 5m
 */
export function errorRatio({ series }: Selectors, window: string): string {
  const failed = `sum by (job) (rate(${series(metrics.httpRequests, { status: '=~"5.."' })}[${window}]))`;
  const all = requestRate({ series }, window);
  return `(${failed} or ${all} * 0) / (${all} > 0)`;
}

/** Share of requests, 5xx aside, that took longer than SLOW_SECONDS: a fast failure is no success. */
export function slowRatio({ bucket, count }: Selectors, window: string): string {
  const answered = { status_class: '!="5xx"' } as const;
  const fast = `sum by (job) (rate(${bucket(metrics.httpRequestDuration, { ...answered, le: `="${SLOW_SECONDS}"` })}[${window}]))`;
  return `1 - ${fast} / (sum by (job) (rate(${count(metrics.httpRequestDuration, answered)}[${window}])) > 0)`;
}

/** Requests a second. */
export const requestRate = ({ series }: Pick<Selectors, 'series'>, window: string): string => `sum by (job) (rate(${series(metrics.httpRequests)}[${window}]))`;
