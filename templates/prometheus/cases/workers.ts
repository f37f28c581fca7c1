import { metrics, processMetrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function workerCases(job: string): Case[] {
  const { series } = selectors({ job, instance: INSTANCE });
  const ready = series(metrics.workers, { state: '="ready"' });
  const starting = series(metrics.workers, { state: '="starting"' });
  const draining = series(metrics.workers, { state: '="draining"' });
  const wanted = series(metrics.workersWanted);
  const crashLoop = series(metrics.crashLoop);
  const crashes = series(metrics.workerRestarts, { reason: '="crash"' });
  const hangs = series(metrics.workerRestarts, { reason: '="hang"' });
  const memory = series(metrics.workerRestarts, { reason: '="memory"' });
  const replacedByReload = series(metrics.workerRestarts, { reason: '="reload"' });
  const aborted = series(metrics.reloads, { outcome: '="aborted"' });
  const completed = series(metrics.reloads, { outcome: '="completed"' });
  const startTime = series(processMetrics.startTime, { worker: '="primary"' });
  const workerStartTime = series(processMetrics.startTime, { worker: '="0"' });
  const labels = { job, instance: INSTANCE };
  return [
    { name: 'all workers are starting', series: { [ready]: '4x5 0x10', [starting]: '0x5 4x10', [startTime]: '0x15' }, at: '8m', alert: 'NoWorkers', firing: [{ labels: { ...labels, state: 'ready' } }] },
    { name: 'one of four workers is ready', series: { [ready]: '1x10' }, at: '8m', alert: 'NoWorkers', firing: [] },
    { name: 'a service that is not ready two minutes after its start', series: { [ready]: '_x5 0x10', [startTime]: '_x5 300x10' }, at: '9m', alert: 'NoWorkers', firing: [{ labels: { ...labels, state: 'ready' } }] },
    { name: 'a service whose clock is an hour ahead', series: { [ready]: '4x5 0x10', [startTime]: '3600x15' }, at: '8m', alert: 'NoWorkers', firing: [{ labels: { ...labels, state: 'ready' } }] },
    { name: 'a service that is slow to start', interval: '15s', series: { [ready]: '_x4 0x6 4x20', [startTime]: '_x4 60x26' }, at: '3m', alert: 'NoWorkers', firing: [] },
    { name: 'a service that drains for a minute', interval: '15s', series: { [ready]: '4x8 0x5', [draining]: '0x8 4x5', [startTime]: '0x13' }, at: '3m', alert: 'NoWorkers', firing: [] },
    { name: 'no worker for 15 seconds', interval: '15s', series: { [ready]: '4x5 0 4x20' }, at: '95s', alert: 'NoWorkers', firing: [] },

    { name: 'one of four workers stays away', series: { [ready]: '3x20', [wanted]: '4x20' }, at: '10m', alert: 'WorkersMissing', firing: [{ labels, shows: '1' }] },
    { name: 'a reload: a worker is missing for two minutes', series: { [ready]: '4x5 3x1 4x12', [wanted]: '4x20' }, at: '8m', alert: 'WorkersMissing', firing: [] },
    { name: 'during a reload there is one more than wanted', series: { [ready]: '5x20', [wanted]: '4x20' }, at: '10m', alert: 'WorkersMissing', firing: [] },

    { name: 'every slot waits', series: { [crashLoop]: '0x5 1x10' }, at: '10m', alert: 'CrashLoop', firing: [{ labels }] },
    { name: 'every slot waited for a moment', interval: '15s', series: { [crashLoop]: '0x5 1x2 0x10' }, at: '2m', alert: 'CrashLoop', firing: [] },

    { name: 'a crash every minute', series: { [crashes]: '0+1x40', [memory]: '0x40' }, at: '30m', alert: 'WorkersRestarting', firing: [{ labels: { ...labels, reason: 'crash' }, shows: '15' }] },
    { name: 'workers grow too large', series: { [crashes]: '0x40', [memory]: '0+1x40' }, at: '30m', alert: 'WorkersRestarting', firing: [{ labels: { ...labels, reason: 'memory' }, shows: '15' }] },
    { name: 'two crashes', series: { [crashes]: '0x5 1 2x20' }, at: '15m', alert: 'WorkersRestarting', firing: [] },
    { name: 'the service was started anew: its counters begin at 0', series: { [crashes]: '5x10 0x20' }, at: '15m', alert: 'WorkersRestarting', firing: [] },
    { name: 'reloads replace workers', series: { [replacedByReload]: '0+4x30' }, at: '20m', alert: 'WorkersRestarting', firing: [] },

    { name: 'workers hang', series: { [hangs]: '0+1x40' }, at: '30m', alert: 'WorkersHung', firing: [{ labels: { ...labels, reason: 'hang' }, shows: '15' }] },
    { name: 'a worker hung an hour ago', series: { [hangs]: '0x5 1x60' }, at: '60m', alert: 'WorkersHung', firing: [] },
    { name: 'workers crash, but none hangs', series: { [hangs]: '0x20', [crashes]: '0+1x20' }, at: '15m', alert: 'WorkersHung', firing: [] },

    { name: 'a reload was aborted', series: { [aborted]: '0x5 1x20', [completed]: '0x25' }, at: '10m', alert: 'ReloadAborted', firing: [{ labels: { ...labels, outcome: 'aborted' } }] },
    { name: 'reloads were completed', series: { [aborted]: '0x25', [completed]: '0x5 1 2x20' }, at: '10m', alert: 'ReloadAborted', firing: [] },

    { name: 'the service starts again and again', series: { [startTime]: '0x5 300x5 600x5 900x20' }, at: '25m', alert: 'ServiceRestarting', firing: [{ labels: { ...labels, worker: 'primary' }, shows: '3' }] },
    { name: 'one release', series: { [startTime]: '0x5 300x30' }, at: '25m', alert: 'ServiceRestarting', firing: [] },
    { name: 'a worker starts again and again', series: { [workerStartTime]: '0x5 300x5 600x5 900x20' }, at: '25m', alert: 'ServiceRestarting', firing: [] },
  ];
}
