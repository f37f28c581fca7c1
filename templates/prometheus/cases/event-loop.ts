import { metrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function eventLoopCases(job: string): Case[] {
  const { series } = selectors({ job, instance: INSTANCE });
  const delay = series(metrics.eventLoopDelay, { worker: '="1"', quantile: '="0.99"' });
  const median = series(metrics.eventLoopDelay, { worker: '="1"', quantile: '="0.5"' });
  const utilization = series(metrics.eventLoopUtilization, { worker: '="1"' });
  const otherWorker = series(metrics.eventLoopUtilization, { worker: '="0"' });
  const blocks = series(metrics.eventLoopBlocks);
  const worker = { job, instance: INSTANCE, worker: '1' };
  return [
    { name: 'p99 is 250 ms', series: { [delay]: '0.25x20', [median]: '0.01x20' }, at: '10m', alert: 'EventLoopDelayHigh', firing: [{ labels: { ...worker, quantile: '0.99' }, shows: '250ms' }] },
    { name: 'p99 is 50 ms', series: { [delay]: '0.05x20' }, at: '10m', alert: 'EventLoopDelayHigh', firing: [] },
    { name: 'one second of ten minutes is bad', series: { [delay]: '0x5 0.3 0x10' }, at: '8m', alert: 'EventLoopDelayHigh', firing: [] },
    { name: 'a block a minute', series: { [blocks]: '0+1x40' }, at: '30m', alert: 'EventLoopBlocked', firing: [{ labels: { job, instance: INSTANCE }, shows: '15' }] },
    { name: 'one block', series: { [blocks]: '0x10 1x30' }, at: '20m', alert: 'EventLoopBlocked', firing: [] },
    { name: 'one of two workers is busy', series: { [utilization]: '0.95x30', [otherWorker]: '0.2x30' }, at: '20m', alert: 'EventLoopUtilizationHigh', firing: [{ labels: worker, shows: '95%' }] },
    { name: 'a worker is busy for five minutes', series: { [utilization]: '0.2x10 0.95x5 0.2x20' }, at: '18m', alert: 'EventLoopUtilizationHigh', firing: [] },
    { name: 'a worker works well', series: { [utilization]: '0.7x30' }, at: '20m', alert: 'EventLoopUtilizationHigh', firing: [] },
  ];
}
