import { metrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function taskCases(job: string): Case[] {
  const { series, bucket } = selectors({ job, instance: INSTANCE });
  const waited = (le: '1' | '2.5' | '+Inf'): string => bucket(metrics.taskWait, { task: '="count"', le: `="${le}"` });
  const ended = (outcome: 'ok' | 'rejected' | 'timeout'): string => series(metrics.tasks, { task: '="count"', outcome: `="${outcome}"` });
  const labels = { job, task: 'count' };
  return [
    { name: 'every task waits for 1 to 2.5 s', series: { [waited('1')]: '0x20', [waited('2.5')]: '0+60x20', [waited('+Inf')]: '0+60x20' }, at: '15m', alert: 'TaskWaitHigh', firing: [{ labels, shows: '2.485s' }] },
    { name: 'no task waits for a second', series: { [waited('1')]: '0+60x20', [waited('2.5')]: '0+60x20', [waited('+Inf')]: '0+60x20' }, at: '15m', alert: 'TaskWaitHigh', firing: [] },
    { name: 'no task is run', series: { [waited('1')]: '60x20', [waited('2.5')]: '60x20', [waited('+Inf')]: '60x20' }, at: '15m', alert: 'TaskWaitHigh', firing: [] },

    { name: 'a quarter of the tasks is rejected', series: { [ended('ok')]: '0+45x20', [ended('rejected')]: '0+15x20' }, at: '15m', alert: 'TasksRejected', firing: [{ labels, shows: '25%' }] },
    { name: 'no task is rejected', series: { [ended('ok')]: '0+60x20', [ended('rejected')]: '0x20' }, at: '15m', alert: 'TasksRejected', firing: [] },

    { name: 'a quarter of the tasks times out', series: { [ended('ok')]: '0+45x20', [ended('timeout')]: '0+15x20' }, at: '15m', alert: 'TasksTimingOut', firing: [{ labels, shows: '25%' }] },
    { name: 'tasks are rejected, but none times out', series: { [ended('ok')]: '0+45x20', [ended('rejected')]: '0+15x20' }, at: '15m', alert: 'TasksTimingOut', firing: [] },
  ];
}
