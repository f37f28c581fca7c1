import { performance } from 'node:perf_hooks';

const SAMPLE_MS = 20;
const WINDOW_MS = 1000;
const TELL_EVERY_SAMPLES = 5;

interface Sample {
  readonly atMs: number;
  /** How late the timer came: it had to wait for the turn of the loop that was under way. */
  readonly lateMs: number;
}

/** One second of an event loop's life. */
export interface EventLoopSecond {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly utilization: number;
}

export interface EventLoopMonitor {
  /** The last whole second. */
  readonly last: EventLoopSecond;
  /** The share (0 to 1) of the last second that went by in delays above `limitMs`: what a request that came then had to wait for. */
  blockedShare(limitMs: number): number;
  /** What went before does not count: loading the application blocks the loop, but delays no request. */
  restart(): void;
  /** Called ten times a second. */
  onSample(listener: () => void): void;
}

/** Samples the event loop of this thread by the lateness of a timer, from now until the process ends. */
export function monitorEventLoop(): EventLoopMonitor {
  const listeners: (() => void)[] = [];
  const samples: Sample[] = [];
  let sampledAtMs = performance.now();
  let secondAtMs = sampledAtMs;
  let secondElu = performance.eventLoopUtilization();
  let last: EventLoopSecond = { p50Ms: 0, p99Ms: 0, maxMs: 0, utilization: 0 };
  let untilTold = TELL_EVERY_SAMPLES;

  setInterval(() => {
    const atMs = performance.now();
    samples.push({ atMs, lateMs: Math.max(0, atMs - sampledAtMs - SAMPLE_MS) });
    sampledAtMs = atMs;
    while (samples[0] && samples[0].atMs <= atMs - WINDOW_MS) samples.shift();
    if (atMs - secondAtMs >= WINDOW_MS) {
      secondAtMs = atMs;
      last = summary();
    }
    if (--untilTold > 0) return;
    untilTold = TELL_EVERY_SAMPLES;
    for (const listener of listeners) listener();
  }, SAMPLE_MS).unref();

  return {
    get last() {
      return last;
    },
    blockedShare(limitMs) {
      const blockedMs = samples.reduce((total, { lateMs }) => total + (lateMs > limitMs ? lateMs : 0), 0);
      return Math.min(1, blockedMs / WINDOW_MS);
    },
    restart() {
      samples.length = 0;
      sampledAtMs = performance.now();
      secondElu = performance.eventLoopUtilization();
    },
    onSample: (listener) => { listeners.push(listener); },
  };

  function summary(): EventLoopSecond {
    const { utilization } = performance.eventLoopUtilization(secondElu);
    secondElu = performance.eventLoopUtilization();
    const delays = samples.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
    const at = (quantile: number): number => delays[Math.min(delays.length - 1, Math.floor(quantile * delays.length))] ?? 0;
    return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), utilization };
  }
}
