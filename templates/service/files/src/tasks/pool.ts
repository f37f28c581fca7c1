import type { Piscina } from 'piscina';

import type { Log } from '../log.js';
import { metrics } from '../metrics/catalog.js';
import { counter, gauge, histogram } from '../metrics/define.js';
import { TaskQueueFullError, TaskTimeoutError } from './errors.js';
import { type TaskInput, type TaskName, type TaskResult, tasks as taskTable } from './tasks.js';
import type { ThreadAnswer, ThreadCall } from './thread.js';

const outcomes = ['ok', 'error', 'timeout', 'rejected', 'aborted'] as const;

interface Options {
  readonly threads: number;
  readonly maxQueue: number;
  readonly timeoutMs: number;
  readonly log: Log;
}

interface TaskOptions {
  /** Aborted when nobody waits for the result any more: the task leaves the queue, or its thread is ended. */
  readonly signal?: AbortSignal;
  /** Instead of TASK_TIMEOUT_MS; waiting for a thread counts. */
  readonly timeoutMs?: number;
}

/**
 * Runs a task in a thread.
 * @throws {TaskQueueFullError} when too many wait already
 * @throws {TaskTimeoutError} when it took too long
 */
export type RunTask = <Name extends TaskName>(name: Name, input: TaskInput<Name>, options?: TaskOptions) => Promise<TaskResult<Name>>;

export interface TaskPool {
  readonly run: RunTask;
  readonly close: () => Promise<void>;
}

/** The worker's thread pool. Neither the library is loaded nor a thread started before the first task: many workers never need them. */
export function createTaskPool({ threads, maxQueue, timeoutMs: defaultTimeoutMs, log }: Options): TaskPool {
  const measured = {
    tasks: counter(metrics.tasks),
    wait: histogram(metrics.taskWait),
    run: histogram(metrics.taskRun),
    queueSize: gauge(metrics.taskQueueSize),
  };
  // Present at zero from the start: an increase from nothing is invisible to rate().
  for (const task of Object.keys(taskTable)) for (const outcome of outcomes) measured.tasks.inc({ task, outcome }, 0);
  let starting: Promise<Piscina> | undefined;

  return { run, close: async () => (await starting)?.destroy() };

  async function run<Name extends TaskName>(name: Name, input: TaskInput<Name>, options: TaskOptions = {}): Promise<TaskResult<Name>> {
    options.signal?.throwIfAborted();
    const pool = await (starting ??= startPool());
    if (pool.queueSize >= maxQueue) {
      measured.tasks.inc({ task: name, outcome: 'rejected' });
      throw new TaskQueueFullError('Too many tasks are waiting.');
    }
    const askedAtMs = performance.timeOrigin + performance.now();
    const limit = limitTime(options.timeoutMs ?? defaultTimeoutMs, options.signal);
    const call: ThreadCall = { task: name, input };
    try {
      const answered = pool.run(call, { signal: limit.signal }) as Promise<ThreadAnswer>; // What thread.ts returns.
      measured.queueSize.set(pool.queueSize);
      const { result, startedAtMs, endedAtMs } = await answered;
      measured.wait.observe({ task: name }, Math.max(0, startedAtMs - askedAtMs) / 1000);
      measured.run.observe({ task: name }, (endedAtMs - startedAtMs) / 1000);
      measured.tasks.inc({ task: name, outcome: 'ok' });
      return result as TaskResult<Name>; // The thread ran the function of this name.
    } catch (error) {
      const outcome = limit.isOver() ? 'timeout' : options.signal?.aborted ? 'aborted' : 'error';
      measured.tasks.inc({ task: name, outcome });
      throw outcome === 'timeout' ? new TaskTimeoutError('The task took too long.') : error;
    } finally {
      limit.clear();
      measured.queueSize.set(pool.queueSize);
    }
  }

  async function startPool(): Promise<Piscina> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool({
      // The ending is that of this file: .js when built, .ts in development.
      filename: new URL(`./thread${import.meta.url.slice(-3)}`, import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      // Kept for life: a thread that started after a deployment would run the new release's tasks in the old one's worker.
      idleTimeout: Number.POSITIVE_INFINITY,
    });
    // Such as a thread that cannot load its code: the task fails, and that is told; the worker goes on.
    pool.on('error', (error: unknown) => { log.error({ err: error }, 'the thread pool failed'); });
    return pool;
  }
}

/** Aborts after `timeoutMs`, or with `signal`. Unlike AbortSignal.timeout() it leaves no timer behind for each finished task. */
function limitTime(timeoutMs: number, signal: AbortSignal | undefined): { signal: AbortSignal; isOver: () => boolean; clear: () => void } {
  const controller = new AbortController();
  let isOver = false;
  const abort = (): void => { controller.abort(); };
  const timer = setTimeout(() => {
    isOver = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    clear() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}
