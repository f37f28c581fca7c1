import { Worker } from 'node:worker_threads';

import type { Log } from '../log.js';
import { metrics } from '../metrics/catalog.js';
import { counter } from '../metrics/define.js';
import { BLOCKS, type BlockWatchData, TURNS } from './block-watch-data.js';

/** How often the main thread says that it turns. */
const TURN_MS = 50;
/** The thread needs little: small limits keep it at a few MB. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 } as const;

interface Options {
  readonly blockThresholdMs: number;
  readonly hangTimeoutMs: number;
  readonly slot: number;
  readonly log: Log;
}

/**
 * A second thread that watches the first: it writes down where the event loop is blocked, while it is, and ends a process
 * that is blocked and whose primary is gone.
 */
export function startBlockWatch({ blockThresholdMs, hangTimeoutMs, slot, log }: Options): void {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const blocks = counter(metrics.eventLoopBlocks);
  let counted = 0;
  setInterval(() => {
    Atomics.add(shared, TURNS, 1);
    const seen = Atomics.load(shared, BLOCKS);
    if (seen > counted) blocks.inc(seen - counted);
    counted = seen;
  }, TURN_MS).unref();

  // A thread cannot begin with TypeScript: `npm run dev` goes without it.
  if (!import.meta.url.endsWith('.js')) return;
  const workerData: BlockWatchData = { shared, blockThresholdMs, hangTimeoutMs, slot, parentPid: process.ppid };
  const thread = new Worker(new URL('./block-watch-thread.js', import.meta.url), { workerData, resourceLimits: RESOURCE_LIMITS });
  thread.on('error', (error) => { log.warn({ err: error }, 'event-loop blocks are not watched any more'); });
  thread.unref();
}
