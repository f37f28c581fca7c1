import { metrics, processMetrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';

/** A worker dies now and then; more than so many for one reason in 15 minutes have a cause. */
const MAX_RESTARTS = 3;
/** Restarts of the whole service in 30 minutes: a release makes one, going back another. */
const MAX_SERVICE_RESTARTS = 2;
/** A start may take as long: START_TIMEOUT_MS (30 s), for up to three workers in a row. Until then a new pod or a deploy wakes nobody. */
const MAX_START_SECONDS = 120;

export const workerAlerts = ({ series }: Selectors): Alert[] => [
  {
    name: 'NoWorkers',
    expr: `${series(metrics.workers, { state: '="ready"' })} == 0 unless on (job, instance) (${series(metrics.workers, { state: '="draining"' })} > 0 or abs(time() - ${series(processMetrics.startTime, { worker: '="primary"' })}) < ${MAX_START_SECONDS})`,
    for: '30s',
    severity: 'critical',
    summary: '{{ $labels.instance }} has no ready worker',
    meaning: `The primary runs (it was scraped), but no worker is ready: nobody answers requests. A stop, and the first ${MAX_START_SECONDS / 60} minutes of a start, do not count.`,
    actions: [
      'The log says why workers die: look for `worker died` and the lines before it. See CrashLoop.',
      'After a release: go back to the one before, as under Commands.',
      'Nothing dies, and still none is ready: the workers wait for something at start (database, queue). They are killed after START_TIMEOUT_MS.',
    ],
  },
  {
    name: 'WorkersMissing',
    expr: `${series(metrics.workersWanted)} - on (job, instance) ${series(metrics.workers, { state: '="ready"' })} > 0`,
    for: '5m',
    severity: 'warning',
    summary: '{{ $value }} of the workers of {{ $labels.instance }} have been missing for 5 minutes',
    meaning: 'Fewer workers are ready than wanted, for longer than a reload or a restart takes.',
    actions: ['`GET /status` on the admin port shows the state of each worker.', 'The log says why they die or do not become ready: `worker died`, `worker killed`.'],
  },
  {
    name: 'CrashLoop',
    expr: `${series(metrics.crashLoop)} == 1`,
    for: '1m',
    severity: 'critical',
    summary: 'All workers of {{ $labels.instance }} die as soon as they start',
    meaning: 'Every worker has died several times without a healthy life in between, and waits before its next try (up to 30 seconds).',
    actions: [
      'The log has the error: `worker died`, with code or signal. Exit code 78 is a bad setting, SIGKILL often the out-of-memory killer (`dmesg`).',
      'What changed? A release, an environment variable, a certificate, the database. `POST /reload` tries again at once.',
    ],
  },
  {
    name: 'WorkersRestarting',
    expr: `sum by (job, instance, reason) (increase(${series(metrics.workerRestarts, { reason: '=~"crash|memory"' })}[15m])) > ${MAX_RESTARTS}`,
    severity: 'warning',
    summary: 'Workers of {{ $labels.instance }} were replaced {{ $value | humanize }} times in 15 minutes ({{ $labels.reason }})',
    meaning: `More than ${MAX_RESTARTS} workers were replaced in 15 minutes for one reason: crash (they died), or memory (above MAX_WORKER_RSS_MB).`,
    actions: [
      'crash: the log has the error (`worker died`). An uncaught exception is a fault in the code; SIGABRT is the heap limit (see HeapNearLimit).',
      'memory: see LeakSuspected. Without a leak, MAX_WORKER_RSS_MB is too small.',
    ],
  },
  {
    name: 'WorkersHung',
    expr: `increase(${series(metrics.workerRestarts, { reason: '="hang"' })}[15m]) > 0`,
    severity: 'warning',
    summary: '{{ $labels.instance }} killed {{ $value | humanize }} hung workers in 15 minutes',
    meaning: 'A worker gave no sign of life for HEARTBEAT_TIMEOUT_MS: its event loop was blocked. It was killed, and what it was working on failed.',
    actions: ['The log has its stack, if it could be had: that loop never ends, or is far too long. Regular expressions that backtrack and loops fed with user input are the usual ones.'],
  },
  {
    name: 'ReloadAborted',
    expr: `increase(${series(metrics.reloads, { outcome: '="aborted"' })}[15m]) > 0`,
    severity: 'warning',
    summary: 'A reload of {{ $labels.instance }} was aborted: the old release still runs',
    meaning: 'The first new worker did not become ready, or did worse than the old ones. The old workers go on, so nobody noticed yet.',
    actions: ['The log says why: `reload aborted`.', 'Mend the release or go back, then reload again. Until then a crashed worker comes back with the faulty release.'],
  },
  {
    name: 'ServiceRestarting',
    expr: `changes(${series(processMetrics.startTime, { worker: '="primary"' })}[30m]) > ${MAX_SERVICE_RESTARTS}`,
    severity: 'critical',
    summary: '{{ $labels.instance }} was started {{ $value }} times in 30 minutes',
    meaning: 'The primary itself ends and is started again, and all workers with it.',
    actions: ['Its last log lines say why: as under Commands.', 'No last words: killed from outside. Look for the out-of-memory killer, a failing liveness probe or a watchdog.'],
  },
];
