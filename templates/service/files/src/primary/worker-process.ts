import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';

import type { Environment } from '../environment.js';
import { type ToPrimary, type ToWorker, WORKER_SLOT } from '../messages.js';
import { now, type WorkerRecord } from './worker-record.js';

/** A replacement must stay up so long before it takes over: some faults show in the first moment only. */
const SETTLE_MS = 250;
/** glibc makes up to 8 heaps a core, each with its own waste; two are enough for a process that does its work in one thread. */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' } as const;

interface ForkOptions extends Pick<WorkerRecord, 'slot' | 'restarts' | 'generation'> {
  readonly environment: Environment;
  readonly execArgv: readonly string[];
}

/**
 * Starts a worker process. Only the supervisor calls it, from one place.
 * @throws when the process cannot be made, as without memory
 */
export function forkWorker({ slot, restarts, generation, environment, execArgv }: ForkOptions): WorkerRecord {
  // argv[1] is resolved anew by each fork: when it leads through a symbolic link to a release, a reload starts the new one.
  cluster.setupPrimary({ execArgv: [...execArgv] });
  const worker = cluster.fork({ ...FEW_ARENAS, ...environment, [WORKER_SLOT]: String(slot) });
  return {
    id: worker.id,
    process: worker,
    pid: worker.process.pid ?? 0,
    slot,
    generation,
    restarts,
    forkedAtMs: now(),
    state: 'starting',
    readyAtMs: 0,
    heardAtMs: now(),
    mayBlockUntilMs: 0,
    metricsAtMs: 0,
    isParked: false,
    vitals: undefined,
    killedFor: undefined,
    fatal: undefined,
  };
}

/** Not worker.kill(): that disconnects first and waits, which a hung worker never answers. */
export function killProcess({ pid }: WorkerRecord): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // Already dead; its exit is about to be told.
  }
}

export function sendTo({ process: worker }: WorkerRecord, message: ToWorker): void {
  if (!worker.isConnected()) return;
  worker.send(message, () => {
    // A worker that died meanwhile is noticed by its exit.
  });
}

/** Resolves once a starting worker is ready (true) or dead (false). */
export async function settled(record: WorkerRecord): Promise<boolean> {
  if (record.state !== 'starting') return record.state === 'ready';
  return new Promise((resolve) => {
    const settle = (): void => { resolve(record.state === 'ready'); };
    record.process.once('exit', settle);
    record.process.on('message', ({ type }: ToPrimary) => { if (type === 'ready') settle(); });
  });
}

/** Whether a worker that just became ready stays so. */
export async function isStillUp(record: WorkerRecord): Promise<boolean> {
  await wait(SETTLE_MS);
  return record.state === 'ready';
}

export async function exited(record: WorkerRecord): Promise<void> {
  if (record.state === 'dead') return;
  return new Promise((resolve) => { record.process.once('exit', () => { resolve(); }); });
}

export function exitText({ process: { process: child } }: WorkerRecord): string {
  return child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
}
