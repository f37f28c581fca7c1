import type { Family } from './metrics/family.js';

/** What a worker says of itself with each heartbeat. */
export interface Vitals {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopUtilization: number;
  readonly inFlight: number;
  readonly connections: number;
  /** Answers so far, and those of them with status 500 and above that were not shed. */
  readonly answered: number;
  readonly failed: number;
  readonly overloaded: boolean;
  readonly leakSuspected: boolean;
}

export type ToPrimary =
  | { readonly type: 'ready' }
  | { readonly type: 'beat'; readonly vitals: Vitals }
  | { readonly type: 'metrics'; readonly families: readonly Family[] }
  /** The connection has arrived: the primary may close its copy. */
  | { readonly type: 'accepted'; readonly connection: number }
  /** All that was sent before the question has been read. */
  | { readonly type: 'read-up-to'; readonly connection: number }
  /** The worker cannot go on: it finishes what it can, then exits. `permanent`: another try would fail the same way. */
  | { readonly type: 'fatal'; readonly error: string; readonly permanent: boolean }
  /** Somebody sent this worker SIGTERM: replace it, as after a reload. */
  | { readonly type: 'replace-me' }
  /** The event loop will block on purpose for at most so long: no hang. */
  | { readonly type: 'will-block'; readonly forMs: number }
  | { readonly type: 'diagnosed'; readonly request: number; readonly file?: string; readonly error?: string };

export type DiagnosticKind = 'heap-snapshot' | 'cpu-profile' | 'heap-profile';

export type ToWorker =
  /** Comes with the socket itself. */
  | { readonly type: 'connection'; readonly connection: number }
  /** Asks whether the connections up to this one, which were not confirmed, have been read. */
  | { readonly type: 'have-you-read'; readonly connection: number }
  | { readonly type: 'drain' }
  | { readonly type: 'diagnose'; readonly request: number; readonly kind: DiagnosticKind; readonly seconds: number; readonly file: string };

/** Environment variables by which the primary tells a worker who it is. */
export const WORKER_SLOT = 'HCNODE_WORKER_SLOT';
