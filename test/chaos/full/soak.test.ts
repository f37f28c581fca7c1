import { describe, expect, it } from 'vitest';
import { startLoad } from '../harness/load.js';
import { readRss } from '../harness/processes.js';
import { startService } from '../harness/service.js';
import { sleep } from '../harness/time.js';

const SOAK_MS = 120_000;
const SAMPLE_EVERY_MS = 1000;
const MAX_SLOPE_MB_PER_MINUTE = 5;

describe('two minutes of load', () => {
  it('do not make the memory of any process grow', async () => {
    const service = await startService({ entry: 'dist/main.js', env: { LOG_LEVEL: 'warn' } });
    const pids = [service.pid, ...service.workers()];
    const loads = [
      startLoad({ port: service.port, clients: 8, connections: 'keep-alive', pauseMs: 0 }),
      startLoad({ port: service.port, clients: 4, connections: 'fresh', pauseMs: 0 }),
      startLoad({ port: service.port, clients: 1, connections: 'keep-alive', path: '/process?count=100000', pauseMs: 50 }),
    ];
    const samples: { readonly minutes: number; readonly megabytes: readonly number[] }[] = [];
    for (let passedMs = 0; passedMs < SOAK_MS; passedMs += SAMPLE_EVERY_MS) {
      await sleep(SAMPLE_EVERY_MS);
      samples.push({ minutes: passedMs / 60_000, megabytes: pids.map((pid) => readRss(pid) / 1024 ** 2) });
    }
    for (const load of loads) expect((await load.stop()).failures.filter(({ kind }) => kind !== 'status 503')).toEqual([]);

    // The first half is warm-up: code gets compiled and pools fill.
    const second = samples.slice(samples.length / 2);
    const slopes = pids.map((_, index) => slope(second.map(({ minutes, megabytes }) => [minutes, megabytes[index] ?? 0])));
    expect(Math.max(...slopes)).toBeLessThan(MAX_SLOPE_MB_PER_MINUTE);
    expect(service.workers()).toEqual(pids.slice(1));
  });
});

/** Slope of the line of least squares through the points. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
