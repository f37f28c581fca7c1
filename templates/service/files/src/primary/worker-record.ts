import type { Worker } from 'node:cluster';

import type { Vitals } from '../messages.js';

export type WorkerState = 'starting' | 'ready' | 'draining' | 'dead';

/** Why a worker was replaced; the label of hcnode_worker_restarts_total. */
export const restartReasons = ['crash', 'hang', 'memory', 'reload', 'scale'] as const;
export type RestartReason = (typeof restartReasons)[number];

/** What the primary knows of one worker process, from fork to exit. Only its exit ends it. */
export interface WorkerRecord {
  readonly id: number;
  readonly process: Worker;
  readonly pid: number;
  /** The place it fills, or will fill; also its label in metrics. */
  readonly slot: number;
  /** Which reload it was forked by: a worker of an older generation runs older code. */
  readonly generation: number;
  /** How many workers this slot had before. */
  readonly restarts: number;
  readonly forkedAtMs: number;
  state: WorkerState;
  readyAtMs: number;
  /** When it last said anything; of a monotonic clock, as are the others. */
  heardAtMs: number;
  /** Until when it has announced to block its event loop on purpose. */
  mayBlockUntilMs: number;
  metricsAtMs: number;
  /** Out of rotation: it is being diagnosed, and gets no new connections. */
  isParked: boolean;
  vitals: Vitals | undefined;
  killedFor: RestartReason | 'start' | 'drain' | 'stop' | undefined;
  fatal: { readonly error: string; readonly permanent: boolean } | undefined;
}

export const now = (): number => performance.now();
