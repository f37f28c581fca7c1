import { metrics, processMetrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';

/** After a full collection there is no more to be had; above it the collector runs all the time, then the process dies. */
const MAX_HEAP_SHARE = 0.85;
/** The least that a process held within half an hour, against the same three hours before. Caches fill in the first hours: hence the age. */
const MAX_RSS_GROWTH = 1.5;
const MIN_AGE_HOURS = 4;
/** A healthy service is below 2 %. */
const MAX_GC_SHARE = 0.1;
/** At the limit no connection is accepted and no file opened any more. */
const MAX_FILES_SHARE = 0.8;

export const memoryAlerts = ({ series, sum }: Selectors): Alert[] => [
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
  {
    name: 'MemoryGrowing',
    expr: `min_over_time(${series(processMetrics.residentMemory)}[30m]) / min_over_time(${series(processMetrics.residentMemory)}[30m] offset 3h) > ${MAX_RSS_GROWTH} and on (job, instance, worker) time() - ${series(processMetrics.startTime)} > ${MIN_AGE_HOURS} * 3600`,
    for: '30m',
    severity: 'warning',
    summary: 'Process {{ $labels.worker }} of {{ $labels.instance }} holds {{ $value | humanizePercentage }} of the memory that it held 3 hours ago',
    meaning: `A process that is older than ${MIN_AGE_HOURS} hours holds, at its lowest, more than ${MAX_RSS_GROWTH * 100} % of what it held three hours before. It will meet its limit.`,
    actions: [
      'The heap grows too: see LeakSuspected. Compare `hcnode_heap_used_after_gc_bytes` with `process_resident_memory_bytes`.',
      'The heap does not grow: buffers and native memory. `POST /workers/ID/heap-snapshot` shows buffers that JavaScript holds; streams that nobody reads and native modules are the usual culprits.',
      'Until it is mended, MAX_WORKER_RSS_MB replaces workers before they are full.',
    ],
  },
  {
    name: 'GarbageCollectionHigh',
    expr: `sum by (job, instance, worker) (rate(${sum(processMetrics.garbageCollection)}[5m])) > ${MAX_GC_SHARE}`,
    for: '10m',
    severity: 'warning',
    summary: 'Process {{ $labels.worker }} of {{ $labels.instance }} spends {{ $value | humanizePercentage }} of its time collecting garbage',
    meaning: `More than ${MAX_GC_SHARE * 100} % of the time of a process has gone into garbage collections for 10 minutes.`,
    actions: [
      'The heap is nearly full: see HeapNearLimit.',
      'It is not: too much is made and dropped. `POST /workers/ID/heap-profile?seconds=30` on the admin port shows which functions allocate.',
    ],
  },
  {
    name: 'FileDescriptorsNearLimit',
    expr: `${series(processMetrics.openFiles)} / on (job, instance, worker) ${series(processMetrics.maxFiles)} > ${MAX_FILES_SHARE}`,
    for: '5m',
    severity: 'critical',
    summary: 'Process {{ $labels.worker }} of {{ $labels.instance }} has {{ $value | humanizePercentage }} of its file descriptors open',
    meaning: `More than ${MAX_FILES_SHARE * 100} % of the file descriptors are open. With the last one, no connection is accepted any more.`,
    actions: [
      'What are they? `ls -l /proc/PID/fd`, with the pid from `GET /status` on the admin port.',
      'Sockets of clients: more connections than planned; raise the limit (`LimitNOFILE=` in systemd, `ulimits` in compose).',
      'Sockets to others, or files: they are not closed. Clients made anew for each request are the usual culprits.',
    ],
  },
];
