import { send, keepAliveAgent } from './requests.js';
import type { Outcome } from './requests.js';
import { sleep } from './time.js';

export interface LoadOptions {
  readonly port: number;
  readonly path?: string;
  readonly clients: number;
  readonly connections: 'keep-alive' | 'fresh';
  /** Rest of each client between two requests. Default: 10 ms, which keeps a small machine from being the thing under test. */
  readonly pauseMs?: number;
  readonly timeoutMs?: number;
}

export interface Failure {
  readonly kind: string;
  readonly path: string;
  /** Milliseconds since the load began. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly connections: LoadOptions['connections'];
}

export interface LoadResult {
  readonly ok: number;
  readonly failures: readonly Failure[];
  /** Of the answered ones, in milliseconds, in the order they came. */
  readonly durationsMs: readonly number[];
}

export interface Load {
  /** Requests answered with 200 so far. */
  readonly ok: number;
  readonly failures: readonly Failure[];
  /** Ends when every request under way has ended. */
  stop(): Promise<LoadResult>;
}

/** Clients that send one request after another until they are told to stop. */
export function startLoad({ port, path = '/', clients, connections, pauseMs = 10, timeoutMs = 20_000 }: LoadOptions): Load {
  const startedAt = performance.now();
  const result = { ok: 0, failures: [] as Failure[], durationsMs: [] as number[] };
  let stopping = false;

  async function runClient(): Promise<void> {
    const agent = connections === 'keep-alive' ? keepAliveAgent() : undefined;
    while (!stopping) {
      const startedAtMs = performance.now() - startedAt;
      count(await send({ port, path, timeoutMs, ...(agent && { agent }) }), startedAtMs);
      await sleep(pauseMs);
    }
    agent?.destroy();
  }

  function count({ kind, durationMs }: Outcome, startedAtMs: number): void {
    if (kind === 'ok') {
      result.ok++;
      result.durationsMs.push(durationMs);
    } else {
      result.failures.push({ kind, path, startedAtMs: Math.round(startedAtMs), endedAtMs: Math.round(startedAtMs + durationMs), connections });
    }
  }

  const running = Array.from({ length: clients }, runClient);
  return {
    get ok() {
      return result.ok;
    },
    failures: result.failures,
    async stop() {
      stopping = true;
      await Promise.all(running);
      return result;
    },
  };
}

/** Keep-alive, fresh-connection and slow clients at once: what a deployment must not lose a request of. */
export function startMixedLoad(port: number): Load {
  const loads = [
    startLoad({ port, clients: 6, connections: 'keep-alive' }),
    // Pauses as a browser or a connection pool does: here a connection closed too early is met by the next request.
    startLoad({ port, clients: 4, connections: 'keep-alive', pauseMs: 120 }),
    startLoad({ port, clients: 3, connections: 'fresh' }),
    startLoad({ port, clients: 3, connections: 'keep-alive', path: '/slow?ms=400' }),
  ];
  return {
    get ok() {
      return loads.reduce((sum, load) => sum + load.ok, 0);
    },
    get failures() {
      return loads.flatMap((load) => load.failures);
    },
    async stop() {
      const results = await Promise.all(loads.map((load) => load.stop()));
      return {
        ok: results.reduce((sum, { ok }) => sum + ok, 0),
        failures: results.flatMap(({ failures }) => failures),
        durationsMs: results.flatMap(({ durationsMs }) => durationsMs),
      };
    },
  };
}

/** The value below which the given share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
