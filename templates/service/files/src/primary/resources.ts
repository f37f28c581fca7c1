import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

/** What of a container's memory the heaps of all workers may take; the rest is code, buffers, threads and the primary. */
const HEAP_SHARE = 0.6;
const BYTES_PER_MB = 1_048_576;

/**
 * Cores this process may use: of the machine, or of the CPU quota of its container or systemd unit, rounded up, at least 1.
 * Read from cgroup v2 and v1 ourselves, since os.availableParallelism() ignores quotas.
 */
export function usableCores(): number {
  return Math.max(1, Math.min(os.availableParallelism(), Math.ceil(cpuQuota())));
}

/** @param root where the kernel's files are, for tests. @returns CPUs, Infinity without a limit; a quota above ours counts too, so it is the least of all */
export function cpuQuota(root = '/'): number {
  const quotas = ownGroups(join(root, 'proc/self/cgroup')).flatMap(({ controllers, path }) => {
    const isVersion2 = controllers === '';
    if (!isVersion2 && !controllers.split(',').includes('cpu')) return [];
    return ancestors(path).map((group) => quotaOf(join(root, 'sys/fs/cgroup', isVersion2 ? '' : 'cpu', group)));
  });
  return Math.min(Number.POSITIVE_INFINITY, ...quotas);
}

/** Lines such as `0::/system.slice/my.service` (version 2) and `3:cpu,cpuacct:/docker/1f…` (version 1). */
function ownGroups(file: string): { controllers: string; path: string }[] {
  const lines = readText(file)?.trim().split('\n') ?? [];
  return lines.map((line) => {
    const [, controllers = '', ...path] = line.split(':');
    return { controllers, path: path.join(':') };
  });
}

/** The root too: in a container the path may be the host's, while the container sees its own group as the root. */
function ancestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  return Array.from({ length: parts.length + 1 }, (_, length) => parts.slice(0, length).join('/'));
}

function quotaOf(folder: string): number {
  const text = readText(join(folder, 'cpu.max')) ?? `${readText(join(folder, 'cpu.cfs_quota_us')) ?? ''} ${readText(join(folder, 'cpu.cfs_period_us')) ?? ''}`;
  const [quota, period] = text.trim().split(/\s+/).map(Number);
  // "max" and -1 mean no limit: the first is no number, the second is not above zero.
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : Number.POSITIVE_INFINITY;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
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

const MAX_WAITING = 2000;
/** Of the primary's descriptors; the rest is for workers, whose fork needs some: without them nobody would ever take what waits. */
const WAITING_SHARE = 0.5;

/** Connections that may wait in the primary for a worker. @param root as of cpuQuota. @returns at most 2,000, fewer where `ulimit -n` is low */
export function maxWaitingConnections(root = '/'): number {
  const [, limit] = /^Max open files +(\d+)/m.exec(readText(join(root, 'proc/self/limits')) ?? '') ?? [];
  return limit === undefined ? MAX_WAITING : Math.min(MAX_WAITING, Math.floor(Number(limit) * WAITING_SHARE));
}
