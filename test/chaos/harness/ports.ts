import { createServer } from 'node:net';

/** Below the ports that systems give to clients, so that no outgoing connection takes ours. */
const BASE = Number(process.env.CHAOS_FIRST_PORT ?? 4400);
const COUNT = 50;
/** Test files that run at the same time have ranges of their own; outside of tests it is the first. */
const FIRST = BASE + COUNT * ((Number(process.env.VITEST_POOL_ID ?? 1) - 1) % 2);
let next = Math.floor(Math.random() * COUNT);

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (next++ % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${FIRST} to ${FIRST + COUNT - 1}: set CHAOS_FIRST_PORT to another range`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
