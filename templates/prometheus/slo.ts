import type { Alert } from './alert.js';
import type { Selectors } from './promql.js';
import { errorRatio, requestCount, SLOW_SECONDS, slowRatio } from './sli.js';

/** Share of requests that may fail, and that may be slow, over 30 days. */
export const ERROR_BUDGET = 0.001;
const SLOW_BUDGET = 0.01;

/** With fewer requests in an hour a single failure would page: 1 of 10 burns a budget of 0.1 % a hundred times too fast. */
const MIN_REQUESTS_PER_HOUR = 100;

/**
 * Multi-window, multi-burn-rate (Google, SRE workbook, chapter 5): page when 2 % of the 30-day budget goes in an hour or 5 % in six,
 * ticket at 10 % in a day or three. The short window makes the alert end soon after the fault does.
 */
const burns = [
  { factor: 14.4, long: '1h', short: '5m', for: '2m', severity: 'critical', empty: '2 days' },
  { factor: 6, long: '6h', short: '30m', for: '15m', severity: 'critical', empty: '5 days' },
  { factor: 3, long: '1d', short: '2h', for: '1h', severity: 'warning', empty: '10 days' },
  { factor: 1, long: '3d', short: '6h', for: '3h', severity: 'warning', empty: '30 days' },
] as const;

const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
type Window = (typeof windows)[number];

export const records = {
  errors: (window: Window) => `job:http_errors:ratio_rate${window}`,
  slow: (window: Window) => `job:http_slow:ratio_rate${window}`,
  requests: 'job:http_requests:increase1h',
} as const;

/** Ratios for each window, computed once for all alerts and panels that ask for them. */
export const sloRecords = (selectors: Selectors): { record: string; expr: string }[] => [
  ...windows.map((window) => ({ record: records.errors(window), expr: errorRatio(selectors, window) })),
  ...windows.map((window) => ({ record: records.slow(window), expr: slowRatio(selectors, window) })),
  { record: records.requests, expr: requestCount(selectors, '1h') },
];

/** @param job the service's job in Prometheus: the records of other services are none of our business */
export const sloAlerts = (job: string): Alert[] =>
  burns.flatMap((burn) => [
    {
      ...common(burn, job, { record: records.errors, budget: ERROR_BUDGET }),
      name: 'AvailabilityBudgetBurn',
      summary: `{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail: at this rate the error budget of 30 days is gone in ${burn.empty}`,
      meaning: `More requests are answered with 5xx than the objective allows (${percent(ERROR_BUDGET)} over 30 days).`,
      actions: [
        'See which status and route: `sum by (route, status) (rate(http_requests_total{status=~"5.."}[5m]))`. 503 is overload (see RequestsShed) or no worker (see NoWorkers); 504 is a task that took too long; 500 is a fault in the code.',
        'Look for `"level":50` in the log of that time; the `requestId` there is the one in the proxy\'s log.',
        'If it began with a release, go back to the last one and reload: `kill -HUP` of the primary, or `POST /reload` on the admin port.',
      ],
    },
    {
      ...common(burn, job, { record: records.slow, budget: SLOW_BUDGET }),
      name: 'LatencyBudgetBurn',
      summary: `{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} take longer than ${SLOW_SECONDS} s: at this rate the budget of 30 days is gone in ${burn.empty}`,
      meaning: `More requests take longer than ${SLOW_SECONDS} s than the objective allows (${percent(SLOW_BUDGET)} over 30 days).`,
      actions: [
        'See which route: `histogram_quantile(0.99, sum by (route, le) (rate(http_request_duration_seconds_bucket[5m])))`.',
        'All routes slow: see EventLoopDelayHigh and EventLoopUtilizationHigh. Routes with tasks slow: see TaskWaitHigh. One route slow: look at what it waits for (database, other services).',
        'Take a CPU profile of a busy worker: `POST /workers/ID/cpu-profile?seconds=10` on the admin port.',
      ],
    },
  ]);

interface Objective {
  readonly record: (window: Window) => string;
  readonly budget: number;
}

function common(burn: (typeof burns)[number], job: string, { record, budget }: Objective) {
  const isAbove = (window: Window): string => `${record(window)}{job="${job}"} > ${burn.factor} * ${budget}`;
  const hasTraffic = burn.severity === 'critical' ? ` and on (job) ${records.requests}{job="${job}"} > ${MIN_REQUESTS_PER_HOUR}` : '';
  return {
    expr: `${isAbove(burn.short)} and ${isAbove(burn.long)}${hasTraffic}`,
    for: burn.for,
    severity: burn.severity,
    labels: { long_window: burn.long, short_window: burn.short },
  };
}

const percent = (share: number): string => `${share * 100} %`;
