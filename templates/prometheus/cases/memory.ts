import { metrics, processMetrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function memoryCases(job: string): Case[] {
  const { series, sum } = selectors({ job, instance: INSTANCE });
  const used = series(metrics.heapUsedAfterGc, { worker: '="0"' });
  const limit = series(metrics.heapSizeLimit, { worker: '="0"' });
  const leak = series(metrics.leakSuspected, { worker: '="0"' });
  const held = series(processMetrics.residentMemory, { worker: '="0"' });
  const started = series(processMetrics.startTime, { worker: '="0"' });
  const collecting = sum(processMetrics.garbageCollection, { worker: '="0"', kind: '="minor"' });
  const open = series(processMetrics.openFiles, { worker: '="0"' });
  const most = series(processMetrics.maxFiles, { worker: '="0"' });
  const labels = { job, instance: INSTANCE, worker: '0' };
  return [
    { name: '900 of 1000 MB are in use', series: { [used]: '900x20', [limit]: '1000x20' }, at: '10m', alert: 'HeapNearLimit', firing: [{ labels, shows: '90%' }] },
    { name: '600 of 1000 MB are in use', series: { [used]: '600x20', [limit]: '1000x20' }, at: '10m', alert: 'HeapNearLimit', firing: [] },
    { name: 'a leak is suspected', series: { [leak]: '1x30' }, at: '20m', alert: 'LeakSuspected', firing: [{ labels }] },
    { name: 'a leak is suspected for a moment', series: { [leak]: '0x5 1x5 0x20' }, at: '12m', alert: 'LeakSuspected', firing: [] },

    { name: 'twice as much as 3 hours ago, for an hour', series: { [held]: '100x240 200x120', [started]: '0x360' }, at: '340m', alert: 'MemoryGrowing', firing: [{ labels, shows: '200%' }] },
    { name: 'a tenth more than 3 hours ago', series: { [held]: '100x240 110x120', [started]: '0x360' }, at: '340m', alert: 'MemoryGrowing', firing: [] },
    { name: 'a saw-tooth', series: { [held]: '100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20 100+5x20', [started]: '0x360' }, at: '340m', alert: 'MemoryGrowing', firing: [] },
    { name: 'a worker that is two hours old fills its caches', series: { [held]: '100x240 200x120', [started]: '13200x360' }, at: '340m', alert: 'MemoryGrowing', firing: [] },

    { name: 'a fifth of the time', series: { [collecting]: '0+12x30' }, at: '20m', alert: 'GarbageCollectionHigh', firing: [{ labels, shows: '20%' }] },
    { name: 'one hundredth of the time', series: { [collecting]: '0+0.6x30' }, at: '20m', alert: 'GarbageCollectionHigh', firing: [] },

    { name: '900 of 1000 are open', series: { [open]: '900x20', [most]: '1000x20' }, at: '10m', alert: 'FileDescriptorsNearLimit', firing: [{ labels, shows: '90%' }] },
    { name: '900 of 1000 are open for a moment', series: { [open]: '100x5 900x2 100x20', [most]: '1000x30' }, at: '9m', alert: 'FileDescriptorsNearLimit', firing: [] },
    { name: '900 of 1048576 are open', series: { [open]: '900x20', [most]: '1048576x20' }, at: '10m', alert: 'FileDescriptorsNearLimit', firing: [] },
  ];
}
