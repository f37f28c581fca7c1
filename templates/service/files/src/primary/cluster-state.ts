import { collectDefaultMetrics, register } from 'prom-client';

import { metrics } from '../metrics/catalog.js';
import { counter, gauge, histogram } from '../metrics/define.js';
import { DeltaCollector, LAG_PRECISION_MS } from '../metrics/delta-collector.js';
import { ClusterMetrics } from './cluster-metrics.js';
import type { Dispatcher } from './dispatcher.js';
import type { ReloadOutcome } from './reload.js';
import type { Supervisor } from './supervisor.js';
import { now, restartReasons, type WorkerRecord } from './worker-record.js';

/** Workers push each second; one that missed two pushes and a bit is silent. */
const SILENT_AFTER_MS = 2500;
const PRIMARY = { key: 'primary', worker: 'primary' } as const;

export interface ClusterState {
  /** What Prometheus scrapes. */
  render(): Promise<string>;
  countReload(outcome: ReloadOutcome): void;
}

/** Everything that is measured: what the workers push, and what only the primary knows. */
export function measureCluster(supervisor: Supervisor, dispatcher: Dispatcher | undefined): ClusterState {
  collectDefaultMetrics({ eventLoopMonitoringPrecision: LAG_PRECISION_MS });
  const own = defineOwn(supervisor, dispatcher);
  const collector = new DeltaCollector(register);
  const cluster = new ClusterMetrics((metric) => { own.seriesDropped.inc({ metric }); });
  const heard = new Map<string, WorkerRecord>();

  supervisor.on('message', (record, message) => {
    if (message.type !== 'metrics') return;
    const key = String(record.id);
    cluster.add({ key, worker: String(record.slot) }, message.families);
    // Its last words may be read after its exit: what they count stays, its gauges mean nothing any more.
    if (record.state === 'dead') {
      cluster.forget(key);
      return;
    }
    record.metricsAtMs = now();
    heard.set(key, record);
  });
  supervisor.on('ready', ({ readyAtMs, forkedAtMs }) => { own.workerReady.observe((readyAtMs - forkedAtMs) / 1000); });
  supervisor.on('draining', (record) => {
    const startedAtMs = now();
    record.process.once('exit', () => { own.workerDrain.observe((now() - startedAtMs) / 1000); });
  });
  supervisor.on('restart', (reason) => { own.workerRestarts.inc({ reason }); });
  supervisor.on('exit', ({ id }) => {
    heard.delete(String(id));
    cluster.forget(String(id));
  });

  return {
    async render() {
      own.refresh();
      cluster.add(PRIMARY, await collector.collect());
      return cluster.render((key) => {
        const record = heard.get(key);
        // A draining worker's slot belongs to its successor already.
        return key === PRIMARY.key || (record?.state === 'ready' && !isSilent(record));
      });
    },
    countReload: (outcome) => { own.reloads.inc({ outcome }); },
  };
}

/** Since it became ready, a worker has had time for its first push. */
const isSilent = ({ metricsAtMs, readyAtMs }: WorkerRecord): boolean => now() - Math.max(metricsAtMs, readyAtMs) > SILENT_AFTER_MS;

function defineOwn(supervisor: Supervisor, dispatcher: Dispatcher | undefined) {
  const own = {
    workers: gauge(metrics.workers),
    workersWanted: gauge(metrics.workersWanted),
    workerRestarts: counter(metrics.workerRestarts),
    workerReady: histogram(metrics.workerReady),
    workerDrain: histogram(metrics.workerDrain),
    crashLoop: gauge(metrics.crashLoop),
    reloads: counter(metrics.reloads),
    dispatchQueueSize: gauge(metrics.dispatchQueueSize),
    scrapeMissingWorkers: gauge(metrics.scrapeMissingWorkers),
    seriesDropped: counter(metrics.seriesDropped),
  };
  // Present at zero from the start: an increase from nothing is invisible to increase().
  for (const reason of restartReasons) own.workerRestarts.inc({ reason }, 0);
  for (const outcome of ['completed', 'aborted'] as const) own.reloads.inc({ outcome }, 0);

  const refresh = (): void => {
    for (const state of ['starting', 'ready', 'draining'] as const) {
      own.workers.set({ state }, supervisor.records.filter((record) => record.state === state).length);
    }
    own.workersWanted.set(supervisor.wanted);
    own.crashLoop.set(supervisor.isCrashLoop ? 1 : 0);
    own.dispatchQueueSize.set(dispatcher?.waiting ?? 0);
    own.scrapeMissingWorkers.set(supervisor.ready().filter(isSilent).length);
  };
  return { ...own, refresh };
}
