import type { FastifyInstance } from 'fastify';
import { WebSocketServer } from 'ws';

import { buildApp } from './app/app.js';
import { clientLeft } from './app/client-left.js';
import type { App, AppContext } from './worker/app-contract.js';

/** Counts that take about a millisecond. */
const COUNTS_PER_MS = 500_000;
const CRASH_AFTER_MS = 5;

interface Timed {
  Querystring: { ms: number };
}

const timed = { schema: { querystring: { type: 'object', properties: { ms: { type: 'integer', minimum: 0, maximum: 600_000, default: 50 } } } } } as const;

/** The service, and every way in which a service goes wrong. With CRASH_AT_START=1 it does not even start. */
export async function buildChaosApp(context: AppContext): Promise<App> {
  if (process.env['CRASH_AT_START'] === '1') process.exit(1);
  echoWebSockets(context);
  return buildApp(context, [chaosRoutes]);
}

function chaosRoutes(app: FastifyInstance, { runTask }: AppContext): void {
  app.get<Timed>('/slow', timed, async ({ query: { ms } }) => {
    await new Promise((resolve) => { setTimeout(resolve, ms); });
    return { sleptMs: ms };
  });
  app.get<Timed>('/block', timed, ({ query: { ms } }) => {
    spin(ms);
    return { blockedMs: ms };
  });
  app.post('/echo', ({ body }) => body);
  app.get('/hang', () => { spin(Number.POSITIVE_INFINITY); });
  app.get('/stuck', async () => new Promise(() => {}));
  app.get('/crash', () => {
    setTimeout(() => { throw new Error('crash asked for by /crash'); }, CRASH_AFTER_MS);
    return { crashing: true };
  });
  app.get<Timed>('/cpu', timed, async ({ query: { ms } }, reply) => ({
    result: await runTask('sumSquareRoots', { count: ms * COUNTS_PER_MS }, { signal: clientLeft(reply) }),
  }));
  app.get<Timed>('/cpu-inline', timed, ({ query: { ms } }) => {
    spin(ms);
    return { ranMs: ms };
  });
}

function spin(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** /ws answers each message with itself. */
function echoWebSockets({ server }: AppContext): void {
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => { socket.send(data, { binary: isBinary }); });
  });
}
