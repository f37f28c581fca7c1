import { metrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';
import { errorRatio, requestRate } from '../sli.js';

/** Above it something is broken, whatever the error budget says. */
const MAX_ERROR_SHARE = 0.05;
/** Below it one failure is too large a share. */
const MIN_REQUESTS_PER_SECOND = 0.2;
/** Shedding for a moment is what it is for; 1 % for five minutes is lack of capacity. */
const MAX_SHED_SHARE = 0.01;

export const trafficAlerts = (selectors: Selectors): Alert[] => [
  {
    name: 'ErrorRatioHigh',
    expr: `${errorRatio(selectors, '5m')} > ${MAX_ERROR_SHARE} and on (job) ${requestRate(selectors, '5m')} > ${MIN_REQUESTS_PER_SECOND}`,
    for: '5m',
    severity: 'critical',
    summary: '{{ $labels.job }} answers {{ $value | humanizePercentage }} of its requests with 5xx',
    meaning: `More than ${MAX_ERROR_SHARE * 100} % of the requests have failed for 5 minutes.`,
    actions: ['As for AvailabilityBudgetBurn; this one says that it is bad right now.'],
  },
  {
    name: 'RequestsShed',
    expr: `sum by (job) (rate(${selectors.series(metrics.httpRequestsShed)}[5m])) / (${requestRate(selectors, '5m')} > 0) > ${MAX_SHED_SHARE}`,
    for: '5m',
    severity: 'warning',
    summary: '{{ $labels.job }} refuses {{ $value | humanizePercentage }} of its requests',
    meaning: `More than ${MAX_SHED_SHARE * 100} % of the requests have been refused with 503 for 5 minutes, so that the others are answered in time.`,
    actions: [
      'Is it more traffic than usual? Then add workers (`PUT /workers` on the admin port, up to the number of cores) or instances.',
      'Is it the usual traffic? Then something blocks the event loop: see EventLoopDelayHigh.',
      'The limits are MAX_EVENT_LOOP_DELAY_MS and MAX_EVENT_LOOP_UTILIZATION. Raising them makes everybody wait instead.',
    ],
  },
];
