import v8 from 'node:v8';

import type { Vitals } from '../messages.js';
import type { Drain } from './drain.js';
import type { EventLoopMonitor } from './event-loop.js';
import type { HeapTrend } from './heap-trend.js';
import type { Intake } from './intake.js';

let lastRssBytes = 0;

export interface Observed {
  readonly eventLoop: EventLoopMonitor;
  readonly heapTrend: () => HeapTrend;
  readonly drain: Drain;
  readonly intake: Intake;
  readonly isOverloaded: boolean;
}

/** What a heartbeat tells of a worker. */
export function vitalsOf({ eventLoop, heapTrend, drain, intake, isOverloaded }: Observed): Vitals {
  return {
    rssBytes: readRss(),
    heapUsedBytes: v8.getHeapStatistics().used_heap_size,
    eventLoopDelayP99Ms: Math.round(eventLoop.last.p99Ms * 10) / 10,
    eventLoopUtilization: Math.round(eventLoop.last.utilization * 1000) / 1000,
    inFlight: drain.inFlight,
    connections: drain.connections,
    answered: intake.answered,
    failed: intake.failed,
    overloaded: isOverloaded,
    leakSuspected: heapTrend().isLeakSuspected,
  };
}

/** Linux tells it by a file: where no descriptor is left to open one the last figure stands, and the worker goes on. */
function readRss(): number {
  try {
    lastRssBytes = process.memoryUsage.rss();
  } catch {
    // EMFILE or ENFILE.
  }
  return lastRssBytes;
}
