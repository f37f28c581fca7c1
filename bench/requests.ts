import { contestants, FASTIFY, OURS_LOG, OURS_METRICS } from './contestants.js';
import type { Contestant } from './contestants.js';
import { median } from './median.js';
import { cpuMsOf, memoryOf } from './process-tree.js';
import { start } from './running.js';
import type { Running } from './running.js';
import { wrk } from './wrk.js';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 3;
const ROUND_SECONDS = 2;

type Memory = ReturnType<typeof memoryOf>;

interface Round {
  readonly cpuUsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly failed: number;
}

/** What is promised of the emitted service, as ratios to bare Fastify in a cluster in the same run, and in MB. */
export const TARGETS = [
  { name: OURS_METRICS, maxCpuRatio: 1.3 },
  { name: OURS_LOG, maxCpuRatio: 1.8 },
] as const;
/**
 * V8's young generation grows with the rate of requests, so a fast machine has larger workers of any kind: there the bound is
 * the ratio to bare Fastify that 80 MB were when it took 67.
 */
export const MAX_WORKER_RSS_MB = 80;
export const MAX_WORKER_RSS_RATIO = 1.2;

export interface Row {
  readonly name: string;
  /** CPU per request of the whole process tree, divided by Fastify's of the same round; the median of all rounds. */
  readonly cpuRatio: number;
  /** The same of the least figures of all rounds: others on the machine can only add to them. */
  readonly leastCpuRatio: number;
  readonly rateRatio: number;
  readonly cpuUsPerRequest: number;
  readonly failed: number;
  readonly workerRssMb: number;
  /** To Fastify's in the same run. */
  readonly workerRssRatio: number;
  readonly workerPssMb: number;
  readonly primaryRssMb: number;
}

/** All contestants side by side: they run at the same time, and each round loads one after the other. */
export async function compareRequests(rounds: number): Promise<Row[]> {
  const running = await startAll(contestants());
  const memory = new Map<string, Memory>();
  for (const { name, port, pid } of running) {
    await wrk({ port, seconds: WARM_UP_SECONDS, connections: CONNECTIONS });
    memory.set(name, memoryOf(pid));
  }
  const results = new Map<string, Round[]>(running.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // A different one first in each round: a neighbour's noise shall not always meet the same one.
    for (let turn = 0; turn < running.length; turn++) {
      const contestant = running[(round + turn) % running.length];
      if (contestant) results.get(contestant.name)?.push(await measure(contestant));
    }
    console.log(`round ${round + 1} of ${rounds} done`);
  }
  const base = results.get(FASTIFY) ?? [];
  const baseRssBytes = workerRssBytes(memory.get(FASTIFY) ?? []);
  return running.map(({ name }) => summary(name, { rounds: results.get(name) ?? [], base, memory: memory.get(name) ?? [], baseRssBytes }));
}

async function startAll(all: readonly Contestant[]): Promise<Running[]> {
  const running: Running[] = [];
  for (const contestant of all) {
    try {
      running.push(await start(contestant));
    } catch (error) {
      console.log(`${contestant.name} does not start: measured without it (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  return running;
}

async function measure({ pid, port }: Running): Promise<Round> {
  const before = cpuMsOf(pid);
  const { requests, failed, seconds } = await wrk({ port, seconds: ROUND_SECONDS, connections: CONNECTIONS });
  return { cpuUsPerRequest: ((cpuMsOf(pid) - before) * 1000) / requests, requestsPerSecond: requests / seconds, failed };
}

interface Measured {
  readonly rounds: readonly Round[];
  readonly base: readonly Round[];
  readonly memory: Memory;
  readonly baseRssBytes: number;
}

function summary(name: string, { rounds, base, memory, baseRssBytes }: Measured): Row {
  const ratio = (pick: (round: Round) => number): number => median(rounds.flatMap((round, index) => (base[index] ? [pick(round) / pick(base[index])] : [])));
  const [primary, ...workers] = memory;
  const toMb = (bytes: number): number => bytes / 1e6;
  return {
    name,
    cpuRatio: ratio(({ cpuUsPerRequest }) => cpuUsPerRequest),
    leastCpuRatio: leastCpu(rounds) / leastCpu(base),
    rateRatio: ratio(({ requestsPerSecond }) => requestsPerSecond),
    cpuUsPerRequest: median(rounds.map(({ cpuUsPerRequest }) => cpuUsPerRequest)),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
    workerRssMb: toMb(workerRssBytes(memory)),
    workerRssRatio: workerRssBytes(memory) / baseRssBytes,
    workerPssMb: toMb(median(workers.map(({ pssBytes }) => pssBytes))),
    primaryRssMb: toMb(primary?.rssBytes ?? 0),
  };
}

const workerRssBytes = ([, ...workers]: Memory): number => median(workers.map(({ rssBytes }) => rssBytes));
const leastCpu = (rounds: readonly Round[]): number => Math.min(...rounds.map(({ cpuUsPerRequest }) => cpuUsPerRequest));
