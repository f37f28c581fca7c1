import { metrics } from '../../service/files/src/metrics/catalog.js';
import type { Alert } from '../alert.js';
import type { Selectors } from '../promql.js';

/** Waiting for a thread comes on top of the work itself. */
const MAX_WAIT_SECONDS = 1;
const MAX_FAILED_SHARE = 0.01;

export const taskAlerts = ({ series, bucket }: Selectors): Alert[] => {
  const share = (outcome: 'rejected' | 'timeout'): string =>
    `sum by (job, task) (rate(${series(metrics.tasks, { outcome: `="${outcome}"` })}[5m])) / (sum by (job, task) (rate(${series(metrics.tasks)}[5m])) > 0)`;
  return [
    {
      name: 'TaskWaitHigh',
      expr: `histogram_quantile(0.99, sum by (job, task, le) (rate(${bucket(metrics.taskWait)}[5m]))) > ${MAX_WAIT_SECONDS}`,
      for: '5m',
      severity: 'warning',
      summary: 'Tasks {{ $labels.task }} of {{ $labels.job }} wait {{ $value | humanizeDuration }} for a thread (p99)',
      meaning: `One task in a hundred has waited longer than ${MAX_WAIT_SECONDS} s for a thread, for 5 minutes.`,
      actions: [
        'More tasks than usual, or longer ones? Compare `rate(hcnode_tasks_total[5m])` and `hcnode_task_run_seconds`.',
        'Cores idle: raise TASK_THREADS. Cores busy: more instances, or smaller tasks.',
      ],
    },
    {
      name: 'TasksRejected',
      expr: `${share('rejected')} > ${MAX_FAILED_SHARE}`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.job }} rejects {{ $value | humanizePercentage }} of its tasks {{ $labels.task }}',
      meaning: `The queue of the thread pool (TASK_QUEUE_MAX) is full: more than ${MAX_FAILED_SHARE * 100} % of the tasks have been answered with 503 for 5 minutes.`,
      actions: ['As for TaskWaitHigh. A longer queue only makes everybody wait longer.'],
    },
    {
      name: 'TasksTimingOut',
      expr: `${share('timeout')} > ${MAX_FAILED_SHARE}`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the tasks {{ $labels.task }} of {{ $labels.job }} take too long',
      meaning: `More than ${MAX_FAILED_SHARE * 100} % of the tasks have taken longer than TASK_TIMEOUT_MS, with the wait for a thread, for 5 minutes. Their threads were replaced.`,
      actions: ['Long waits: see TaskWaitHigh. Long runs: which input makes the task so long? Limit it where it comes in.'],
    },
  ];
};
