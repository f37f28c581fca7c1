import { metrics } from '../service/files/src/metrics/catalog.js';
import type { Objectives } from './objectives.js';
import type { Selectors } from './promql.js';

/** Probes are not users: they are many, quick, and answered with 503 on purpose. */
const ofUsers = { route: '!~"/livez|/readyz"' } as const;

/**
 * Share (0 to 1) of requests answered with 5xx. It is 0, not absent, before the first 5xx, and absent, not NaN, without traffic.
 * @param window Prometheus' duration, such as 5m
 */
export const errorRatio = (selectors: Selectors, window: string): string => `(${errorRate(selectors, window)}) / (${requestRate(selectors, window)} > 0)`;

/** Requests answered with 5xx, each second; 0 before the first. */
export const errorRate = ({ series }: Pick<Selectors, 'series'>, window: string): string =>
  `sum by (job) (rate(${series(metrics.httpRequests, { ...ofUsers, status: '=~"5.."' })}[${window}])) or ${requestRate({ series }, window)} * 0`;

/** Share of requests, 5xx aside, that took longer than so many seconds: a fast failure is no success. */
export function slowRatio({ bucket, count }: Selectors, window: string, slowSeconds: Objectives['slowSeconds']): string {
  const answered = { ...ofUsers, status_class: '!="5xx"' } as const;
  const fast = `sum by (job) (rate(${bucket(metrics.httpRequestDuration, { ...answered, le: `="${slowSeconds}"` })}[${window}]))`;
  return `1 - ${fast} / (sum by (job) (rate(${count(metrics.httpRequestDuration, answered)}[${window}])) > 0)`;
}

/** Requests of users, each second. */
export const requestRate = ({ series }: Pick<Selectors, 'series'>, window: string): string => `sum by (job) (rate(${series(metrics.httpRequests, ofUsers)}[${window}]))`;

/** Requests of users in a window. */
export const requestCount = ({ series }: Pick<Selectors, 'series'>, window: string): string => `sum by (job) (increase(${series(metrics.httpRequests, ofUsers)}[${window}]))`;
