import { metrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function memoryCases(job: string): Case[] {
  const { series } = selectors({ job, instance: INSTANCE });
  const used = series(metrics.heapUsedAfterGc, { worker: '="0"' });
  const limit = series(metrics.heapSizeLimit, { worker: '="0"' });
  const leak = series(metrics.leakSuspected, { worker: '="0"' });
  const labels = { job, instance: INSTANCE, worker: '0' };
  return [
    { name: '900 of 1000 MB are in use', series: { [used]: '900x20', [limit]: '1000x20' }, at: '10m', alert: 'HeapNearLimit', firing: [{ labels, shows: '90%' }] },
    { name: '600 of 1000 MB are in use', series: { [used]: '600x20', [limit]: '1000x20' }, at: '10m', alert: 'HeapNearLimit', firing: [] },
    { name: 'a leak is suspected', series: { [leak]: '1x30' }, at: '20m', alert: 'LeakSuspected', firing: [{ labels }] },
    { name: 'a leak is suspected for a moment', series: { [leak]: '0x5 1x5 0x20' }, at: '12m', alert: 'LeakSuspected', firing: [] },
  ];
}
