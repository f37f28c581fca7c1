import v8 from 'node:v8';

import { collectDefaultMetrics, register, Registry } from 'prom-client';

import { metrics } from '../metrics/catalog.js';
import { gauge } from '../metrics/define.js';
import { DeltaCollector, LAG_PRECISION_MS } from '../metrics/delta-collector.js';
import type { Family } from '../metrics/family.js';
import type { EventLoopMonitor } from './event-loop.js';
import type { HeapTrend } from './heap-trend.js';
import type { HttpMetrics } from './http-metrics.js';

/** prom-client's defaults read /proc and walk all handles: too dear for each push. */
const DEFAULTS_EVERY = 5;

interface Options {
  readonly slot: number;
  readonly httpMetrics: HttpMetrics;
  readonly eventLoop: EventLoopMonitor;
  readonly heapTrend: () => HeapTrend;
  readonly inFlight: () => number;
}

/** @returns a function that collects what the primary does not know yet */
export function createCollector({ slot, httpMetrics, eventLoop, heapTrend, inFlight }: Options): () => Promise<Family[]> {
  const defaults = new Registry();
  collectDefaultMetrics({ register: defaults, eventLoopMonitoringPrecision: LAG_PRECISION_MS });
  const own = new DeltaCollector(register);
  const ofProcess = new DeltaCollector(defaults);
  const gauges = {
    inFlight: gauge(metrics.httpRequestsInFlight),
    eventLoopDelay: gauge(metrics.eventLoopDelay),
    eventLoopUtilization: gauge(metrics.eventLoopUtilization),
    heapUsedAfterGc: gauge(metrics.heapUsedAfterGc),
    heapSizeLimit: gauge(metrics.heapSizeLimit),
    heapGrowth: gauge(metrics.heapGrowth),
    leakSuspected: gauge(metrics.leakSuspected),
  };
  const worker = String(slot);
  let pushes = 0;

  return async () => {
    refresh();
    const families = [...httpMetrics.take(), ...(await own.collect())];
    return pushes++ % DEFAULTS_EVERY === 0 ? [...families, ...(await ofProcess.collect())] : families;
  };

  function refresh(): void {
    const { p50Ms, p99Ms, maxMs, utilization } = eventLoop.last;
    const quantiles = [['0.5', p50Ms], ['0.99', p99Ms], ['1', maxMs]] as const;
    for (const [quantile, delayMs] of quantiles) gauges.eventLoopDelay.set({ worker, quantile }, delayMs / 1000);
    gauges.eventLoopUtilization.set({ worker }, utilization);
    gauges.inFlight.set(inFlight());
    const { usedAfterGcBytes, growthBytesPerSecond, isLeakSuspected } = heapTrend();
    gauges.heapUsedAfterGc.set({ worker }, usedAfterGcBytes);
    gauges.heapGrowth.set({ worker }, growthBytesPerSecond);
    gauges.leakSuspected.set({ worker }, isLeakSuspected ? 1 : 0);
    gauges.heapSizeLimit.set({ worker }, v8.getHeapStatistics().heap_size_limit);
  }
}
