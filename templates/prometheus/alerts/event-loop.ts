import { metrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';

/** Every request of the worker waits this long before it is even looked at. */
const MAX_DELAY_SECONDS = 0.1;
/** Above it queues grow without bound: at 90 % a request waits nine times as long as it is worked on. */
const MAX_UTILIZATION = 0.9;
/** One long block may be a cold start; several in 15 minutes are a habit. */
const MAX_BLOCKS = 5;

export const eventLoopAlerts = ({ series }: Selectors): Alert[] => [
  {
    name: 'EventLoopDelayHigh',
    expr: `avg_over_time(${series(metrics.eventLoopDelay, { quantile: '="0.99"' })}[5m]) > ${MAX_DELAY_SECONDS}`,
    for: '2m',
    severity: 'warning',
    summary: 'Worker {{ $labels.worker }} of {{ $labels.instance }} takes up its work {{ $value | humanizeDuration }} late (p99)',
    meaning: `The event loop is held up: its delay (p99) has been above ${MAX_DELAY_SECONDS * 1000} ms on average over 5 minutes.`,
    actions: [
      'The log tells blocks longer than BLOCK_THRESHOLD_MS with their stack.',
      'Else take a CPU profile: `POST /workers/ID/cpu-profile?seconds=10` on the admin port, and open it in the browser\'s DevTools.',
      'Usual culprits: JSON of megabytes, synchronous fs, zlib or crypto, regular expressions that backtrack, loops over large arrays. Make it a task: tasks run in threads.',
    ],
  },
  {
    name: 'EventLoopBlocked',
    expr: `increase(${series(metrics.eventLoopBlocks)}[15m]) > ${MAX_BLOCKS}`,
    severity: 'warning',
    summary: 'The event loops of {{ $labels.instance }} were blocked {{ $value | humanize }} times in 15 minutes',
    meaning: `Something held an event loop for longer than BLOCK_THRESHOLD_MS, more than ${MAX_BLOCKS} times in 15 minutes.`,
    actions: ['The log has the stack of each block: that line of code is the culprit. Make it a task, or cut it into pieces.'],
  },
  {
    name: 'EventLoopUtilizationHigh',
    expr: `avg_over_time(${series(metrics.eventLoopUtilization)}[5m]) > ${MAX_UTILIZATION}`,
    for: '10m',
    severity: 'warning',
    summary: 'The event loop of worker {{ $labels.worker }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} busy',
    meaning: `A worker is one core of JavaScript; one of them has been busy for more than ${MAX_UTILIZATION * 100} % of the time for 10 minutes.`,
    actions: [
      'All workers busy: add workers, up to the number of cores, then instances.',
      'One worker busy: long-lived connections are uneven, or one request is very dear. A CPU profile of that worker tells.',
    ],
  },
];
