import { readFileSync } from 'node:fs';
import os from 'node:os';

/** What of a container's memory the heaps of all workers may take; the rest is code, buffers, threads and the primary. */
const HEAP_SHARE = 0.6;
const BYTES_PER_MB = 1_048_576;

/**
 * Cores this process may use: of the machine, or of the container's CPU quota, rounded up, at least 1.
 * Read from cgroup v2 and v1 ourselves, since os.availableParallelism() ignores quotas.
 */
export function usableCores(): number {
  const quota = cpuQuota();
  return Math.max(1, Math.min(os.availableParallelism(), quota === undefined ? Number.POSITIVE_INFINITY : Math.ceil(quota)));
}

function cpuQuota(): number | undefined {
  const [quota, period] = readNumbers('/sys/fs/cgroup/cpu.max') ?? [
    ...(readNumbers('/sys/fs/cgroup/cpu/cpu.cfs_quota_us') ?? []),
    ...(readNumbers('/sys/fs/cgroup/cpu/cpu.cfs_period_us') ?? []),
  ];
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
}

/** "max" and -1 mean no limit: the first is no number, the second is not above zero. */
function readNumbers(path: string): number[] | undefined {
  try {
    return readFileSync(path, 'utf8').trim().split(/\s+/).map(Number);
  } catch {
    return undefined;
  }
}

/**
 * Node flags for workers, beside those the primary was started with. In a container with a memory limit each gets its share
 * of the heap, unless NODE_OPTIONS says otherwise: by itself every worker would take the whole limit for its own, and the
 * kernel would kill them before V8 collects.
 */
export function workerFlags(workers: number): string[] {
  const isSetByUser = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((flag) => flag.includes('max-old-space-size'));
  const limitBytes = process.constrainedMemory();
  const isLimited = limitBytes > 0 && limitBytes < os.totalmem();
  if (isSetByUser || !isLimited) return [...process.execArgv];
  return [...process.execArgv, `--max-old-space-size=${Math.floor((limitBytes * HEAP_SHARE) / workers / BYTES_PER_MB)}`];
}
