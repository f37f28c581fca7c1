import { emitService } from '../test/chaos/harness/emit.js';
import { percentile, startLoad } from '../test/chaos/harness/load.js';
import { sleep } from '../test/chaos/harness/time.js';
import { median } from './median.js';
import { start } from './running.js';
import { temporaryFolder } from './temporary-folder.js';

const CLIENTS = 8;
/** About 200 requests a second from all clients: light. */
const PAUSE_MS = 40;
const LOOPS = 4;
const PERIOD_MS = 4000;

export interface LightRoute {
  readonly idleP99Ms: number;
  readonly poolP99Ms: number;
  readonly inlineP99Ms: number;
  /** p99 beside four loops of CPU work divided by the idle p99 of the same round; medians. */
  readonly poolRatio: number;
  readonly inlineRatio: number;
}

export const MAX_POOL_RATIO = 3;

/** How the light route fares alone, beside CPU work in the thread pool, and beside the same work on the event loop. */
export async function compareLightRoute(rounds: number): Promise<LightRoute> {
  const folder = temporaryFolder();
  emitService(folder);
  // Shedding would keep the inline case from hurting, which is its purpose, and hide what is measured here.
  const env = { LOG_LEVEL: 'warn', MAX_EVENT_LOOP_DELAY_MS: '0', MAX_EVENT_LOOP_UTILIZATION: '0' };
  const { port } = await start({ name: 'chaos build', folder, command: [process.execPath, 'dist/chaos.js'], env });
  const samples: { idle: number; pool: number; inline: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    samples.push({ idle: await p99Beside(port), pool: await p99Beside(port, '/cpu?ms=80'), inline: await p99Beside(port, '/cpu-inline?ms=80') });
  }
  return {
    idleP99Ms: median(samples.map(({ idle }) => idle)),
    poolP99Ms: median(samples.map(({ pool }) => pool)),
    inlineP99Ms: median(samples.map(({ inline }) => inline)),
    poolRatio: median(samples.map(({ idle, pool }) => pool / idle)),
    inlineRatio: median(samples.map(({ idle, inline }) => inline / idle)),
  };
}

async function p99Beside(port: number, heavyPath?: string): Promise<number> {
  const heavy = heavyPath === undefined ? undefined : startLoad({ port, path: heavyPath, clients: LOOPS, connections: 'keep-alive', pauseMs: 0 });
  await sleep(500);
  const light = startLoad({ port, clients: CLIENTS, connections: 'keep-alive', pauseMs: PAUSE_MS });
  await sleep(PERIOD_MS);
  const { durationsMs } = await light.stop();
  await heavy?.stop();
  return percentile(durationsMs, 0.99);
}
