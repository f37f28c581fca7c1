import { metrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';

/** After a full collection there is no more to be had; above it the collector runs all the time, then the process dies. */
const MAX_HEAP_SHARE = 0.85;

export const memoryAlerts = ({ series }: Selectors): Alert[] => [
  {
    name: 'HeapNearLimit',
    expr: `${series(metrics.heapUsedAfterGc)} / on (job, instance, worker) ${series(metrics.heapSizeLimit)} > ${MAX_HEAP_SHARE}`,
    for: '2m',
    severity: 'critical',
    summary: 'The heap of worker {{ $labels.worker }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full after garbage collection',
    meaning: `More than ${MAX_HEAP_SHARE * 100} % of a worker's heap is in use even after a full garbage collection. At the limit V8 ends the process.`,
    actions: [
      'Replace the worker gracefully before it dies: `POST /workers/ID/restart` on the admin port.',
      'Grown slowly: see LeakSuspected. Grown at once: a request that loads too much; look for large answers in the proxy\'s log.',
      'A heap snapshot needs as much memory again: take it of a worker that is not this full.',
    ],
  },
  {
    name: 'LeakSuspected',
    expr: `${series(metrics.leakSuspected)} == 1`,
    for: '15m',
    severity: 'warning',
    summary: 'The heap of worker {{ $labels.worker }} of {{ $labels.instance }} grows and grows',
    meaning: 'What is left after full garbage collections has grown through several windows in a row, as it does when something is never let go.',
    actions: [
      'Take two heap snapshots some minutes apart (`POST /workers/ID/heap-snapshot` on the admin port) and compare them in the browser\'s DevTools, sorted by retained size.',
      'Usual culprits: a Map or array at module level that only grows, listeners added for each request, timers never cleared, caches without a limit.',
      'Until it is mended, MAX_WORKER_RSS_MB replaces workers before they are full.',
    ],
  },
];
