import type { Alert } from './alert.js';
import { type Objectives, percent, usualObjectives } from './objectives.js';
import type { Selectors } from './promql.js';
import { errorRate, errorRatio, requestCount, requestRate, slowRatio } from './sli.js';

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

const shortWindows = ['5m', '30m', '1h', '2h', '6h'] as const;
const longWindows = ['1d', '3d'] as const;
type Window = (typeof shortWindows | typeof longWindows)[number];

export const records = {
  errors: (window: Window) => `job:http_errors:ratio_rate${window}`,
  slow: (window: Window) => `job:http_slow:ratio_rate${window}`,
  requests: 'job:http_requests:increase1h',
  requestRate: 'job:http_requests:rate5m',
  errorRate: 'job:http_errors:rate5m',
} as const;

/** What is computed once for all alerts and panels that ask for it. */
export const sloRecords = (selectors: Selectors): RecordingRule[] => [...sloRecordsOfHours(selectors), ...sloRecordsOfDays(selectors)];

/** Ratios over hours at the most. */
export const sloRecordsOfHours = (selectors: Selectors, objectives: Pick<Objectives, 'slowSeconds'> = usualObjectives): RecordingRule[] => [
  ...ratios(selectors, shortWindows, objectives),
  { record: records.requests, expr: requestCount(selectors, '1h') },
  { record: records.requestRate, expr: requestRate(selectors, '5m') },
  { record: records.errorRate, expr: errorRate(selectors, '5m') },
];

/** The same over days. They read 100,000s of samples and change slowly: computed less often. */
export const sloRecordsOfDays = (selectors: Selectors, objectives: Pick<Objectives, 'slowSeconds'> = usualObjectives): RecordingRule[] => ratios(selectors, longWindows, objectives);

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

const ratios = (selectors: Selectors, windows: readonly Window[], { slowSeconds }: Pick<Objectives, 'slowSeconds'>): RecordingRule[] =>
  windows.flatMap((window) => [
    { record: records.errors(window), expr: errorRatio(selectors, window) },
    { record: records.slow(window), expr: slowRatio(selectors, window, slowSeconds) },
  ]);

/** @param job the service's job in Prometheus: the records of other services are none of our business */
export const sloAlerts = (job: string, { errorBudget, slowBudget, slowSeconds }: Objectives = usualObjectives): Alert[] =>
  burns.flatMap((burn) => [
    {
      ...common(burn, job, { record: records.errors, budget: errorBudget }),
      name: 'AvailabilityBudgetBurn',
      summary: `{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail: at this rate the error budget of 30 days is gone in ${burn.empty}`,
      meaning: `More requests are answered with 5xx than the objective allows (${percent(errorBudget)} over 30 days).`,
      actions: [
        'See which status and route: `sum by (route, status) (rate(http_requests_total{status=~"5.."}[5m]))`. 503 is overload (see RequestsShed) or no worker (see NoWorkers); 504 is a task that took too long; 500 is a fault in the code.',
        'Look for `"level":50` in the log of that time; the `requestId` there is the one in the proxy\'s log.',
        'If it began with a release, go back to the one before: see Commands.',
      ],
    },
    {
      ...common(burn, job, { record: records.slow, budget: slowBudget }),
      name: 'LatencyBudgetBurn',
      summary: `{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} take longer than ${slowSeconds} s: at this rate the budget of 30 days is gone in ${burn.empty}`,
      meaning: `More requests take longer than ${slowSeconds} s than the objective allows (${percent(slowBudget)} over 30 days).`,
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
