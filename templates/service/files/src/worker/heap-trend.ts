import { PerformanceObserver, constants, performance } from 'node:perf_hooks';
import v8 from 'node:v8';

/** The heap is compared with what it was a window ago; three windows of growth in a row are no coincidence. */
const WINDOW_MS = 120_000;
const WINDOWS = 3;
/** Growth below this is noise: caches fill, code is compiled. */
const MIN_GROWTH_BYTES = 1_048_576;

interface Floor {
  readonly atMs: number;
  readonly bytes: number;
}

export interface HeapTrend {
  readonly usedAfterGcBytes: number;
  readonly growthBytesPerSecond: number;
  readonly isLeakSuspected: boolean;
}

/**
 * Follows the heap after full garbage collections: what is left then is in use. The lowest point of each window makes the
 * trend, since between two collections the heap goes up and down by itself.
 * @returns a function that tells the trend
 */
export function watchHeap(): () => HeapTrend {
  let usedAfterGcBytes = 0;
  let current: Floor | undefined;
  let windowStartMs = performance.now();
  const floors: Floor[] = [];

  const observer = new PerformanceObserver((list) => {
    const hasMajor = list.getEntries().some((entry) => (entry as { detail?: { kind?: number } }).detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (hasMajor) observe(v8.getHeapStatistics().used_heap_size);
  });
  observer.observe({ entryTypes: ['gc'] });

  return () => ({ usedAfterGcBytes, growthBytesPerSecond: growth(floors), isLeakSuspected: isGrowing(floors) });

  function observe(bytes: number): void {
    usedAfterGcBytes = bytes;
    const atMs = performance.now();
    if (!current || bytes < current.bytes) current = { atMs, bytes };
    if (atMs - windowStartMs < WINDOW_MS) return;
    floors.push(current);
    if (floors.length > WINDOWS + 1) floors.shift();
    windowStartMs = atMs;
    current = undefined;
  }
}

function growth(floors: readonly Floor[]): number {
  const first = floors.at(0);
  const last = floors.at(-1);
  return first && last && last.atMs > first.atMs ? ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000 : 0;
}

function isGrowing(floors: readonly Floor[]): boolean {
  if (floors.length <= WINDOWS) return false;
  return floors.slice(1).every(({ bytes }, index) => bytes - (floors[index]?.bytes ?? bytes) >= MIN_GROWTH_BYTES);
}
