import cluster from 'node:cluster';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

import { readServiceSettings, type ServiceSettings } from '../environment.js';
import { type Logging, startLogging } from '../log.js';
import { type ToWorker, WORKER_SLOT } from '../messages.js';
import type { Family } from '../metrics/family.js';
import { createTaskPool } from '../tasks/pool.js';
import { within } from '../within.js';
import type { App, BuildApp } from './app-contract.js';
import { startBlockWatch } from './block-watch.js';
import { Drain } from './drain.js';
import { monitorEventLoop } from './event-loop.js';
import { type HeapTrend, watchHeap } from './heap-trend.js';
import { HttpMetrics } from './http-metrics.js';
import { createHttpServer } from './http-server.js';
import { createIntake } from './intake.js';
import { LoadShedder } from './load-shedder.js';
import { createCollector } from './metrics-push.js';
import { onPrimary, tellPrimary } from './primary-channel.js';
import { keepTickShape } from './tick-shape.js';
import { vitalsOf } from './vitals.js';

const PUSH_EVERY_MS = 1000;
/** Without a primary, or after a fault, what is in flight gets this long. */
const ORPHAN_DRAIN_MS = 5000;
const FAULT_DRAIN_MS = 2000;
const HOOKS_TIMEOUT_MS = 2000;
type DiagnoseMessage = Extract<ToWorker, { type: 'diagnose' }>;

const NO_TREND: HeapTrend = { usedAfterGcBytes: 0, growthBytesPerSecond: 0, isLeakSuspected: false };

/**
 * One worker: an HTTP server, its application, and the thread pool. It obeys the primary alone, so that a signal to the
 * whole process group loses no request.
 */
export async function startWorker(loadApp: () => Promise<BuildApp>): Promise<void> {
  keepTickShape();
  obeyPrimaryOnly();
  const settings = readServiceSettings(process.env);
  const slot = Number(process.env[WORKER_SLOT]);
  const logging = await startLogging(settings.LOG_LEVEL, { worker: slot });
  const { log } = logging;
  onFaultAtStart(logging);

  const eventLoop = monitorEventLoop();
  const shedder = new LoadShedder(eventLoop, { maxDelayMs: settings.MAX_EVENT_LOOP_DELAY_MS, maxUtilization: settings.MAX_EVENT_LOOP_UTILIZATION });
  const httpMetrics = new HttpMetrics();
  const server = createHttpServer(settings, (request, response) => { intake.onRequest(request, response); });
  const drain = new Drain({ server, lingerMs: settings.SHUTDOWN_LINGER_MS });
  const intake = createIntake({ drain, shedder, httpMetrics, log });
  const tasks = createTaskPool({ threads: Number(settings.TASK_THREADS) || 1, maxQueue: settings.TASK_QUEUE_MAX, timeoutMs: settings.TASK_TIMEOUT_MS, log });
  const heapTrend = settings.LEAK_DETECTION === 'on' ? watchHeap() : () => NO_TREND;
  const collect = createCollector({ slot, httpMetrics, eventLoop, heapTrend, inFlight: () => drain.inFlight });

  const buildApp = await loadApp();
  const app = await buildApp({ server, settings, log, runTask: tasks.run, isReady: () => !drain.hasStarted && shedder.reason === undefined });
  intake.serve(app.handler);
  drain.watchUpgrades();

  const leave = createLeave({ drain, app, closeTasks: tasks.close, collect, logging });
  onFault(logging, leave);
  onPrimary({
    connection: ({ connection }, socket) => { accept(server, connection, socket); },
    drain: () => void leave({ timeoutMs: settings.SHUTDOWN_TIMEOUT_MS, exitCode: 0 }),
    diagnose: (message) => void answerDiagnosis(message),
  });
  cluster.worker?.once('disconnect', () => {
    // Node would exit at once, and lose what is in flight.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
    log.error('the primary is gone: draining');
    void leave({ timeoutMs: Math.min(ORPHAN_DRAIN_MS, settings.SHUTDOWN_TIMEOUT_MS), exitCode: 1 });
  });

  startBlockWatch({ blockThresholdMs: settings.BLOCK_THRESHOLD_MS, hangTimeoutMs: settings.HEARTBEAT_TIMEOUT_MS, slot, log });
  // Both go on to the last moment, and keep nobody from leaving.
  setInterval(() => void tellPrimary({ type: 'beat', vitals: vitalsOf({ eventLoop, heapTrend, drain, intake, isOverloaded: shedder.reason !== undefined }) }), settings.HEARTBEAT_INTERVAL_MS).unref();
  setInterval(() => void push(collect), PUSH_EVERY_MS).unref();
  await push(collect);
  eventLoop.restart();
  await listen(server, settings);
  await tellPrimary({ type: 'ready' });
}

async function answerDiagnosis({ request, kind, seconds, file }: DiagnoseMessage): Promise<void> {
  const { diagnose, snapshotBlockMs } = await import('./diagnose.js'); // Rarely needed, so not loaded with the rest.
  if (kind === 'heap-snapshot') await tellPrimary({ type: 'will-block', forMs: snapshotBlockMs() });
  const error = await diagnose(kind, seconds, file).then(() => undefined, String);
  await tellPrimary(error === undefined ? { type: 'diagnosed', request } : { type: 'diagnosed', request, error });
}

const push = async (collect: () => Promise<Family[]>): Promise<void> => tellPrimary({ type: 'metrics', families: await collect() });

/** Ctrl+C and service managers signal all processes at once; only the primary knows what is to be done. */
function obeyPrimaryOnly(): void {
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => void tellPrimary({ type: 'replace-me' }));
}

/** The first confirmation, then the socket: what the primary knows to be taken is taken. */
function accept(server: Server, connection: number, socket: Socket | undefined): void {
  void tellPrimary({ type: 'accepted', connection });
  if (!socket) return; // The client left on the way.
  // As for a server's own connections: a client may end its side and still read the answer.
  socket.allowHalfOpen = true;
  server.emit('connection', socket);
  socket.resume();
}

async function listen(server: Server, { LISTEN, PORT, HOST }: ServiceSettings): Promise<void> {
  if (LISTEN === 'dispatch') {
    // A server that never listens has no list of its connections: no timeouts, no closing of idle ones. This event makes it.
    server.emit('listening');
    return;
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  });
}

interface Leaving {
  readonly drain: Drain;
  readonly app: App;
  readonly closeTasks: () => Promise<void>;
  readonly collect: () => Promise<Family[]>;
  readonly logging: Logging;
}

type Leave = (options: { readonly timeoutMs: number; readonly exitCode: number }) => Promise<void>;

/** Drains, closes what the application opened, pushes the last counts, and exits. Called again it does nothing more. */
function createLeave({ drain, app, closeTasks, collect, logging }: Leaving): Leave {
  let isLeaving = false;
  return async ({ timeoutMs, exitCode }) => {
    if (isLeaving) return;
    isLeaving = true;
    const isClean = await drain.start(timeoutMs);
    if (!isClean) logging.log.error({ timeoutMs }, 'requests were cut: they did not end within the time to drain');
    await within(Promise.allSettled([app.close(), closeTasks()]), HOOKS_TIMEOUT_MS);
    await push(collect);
    await logging.close();
    process.exit(isClean ? exitCode : 1);
  };
}

/** Before there is anything to drain: say why, and exit. */
function onFaultAtStart({ log, close }: Logging): void {
  process.on('uncaughtException', (error) => void (async () => {
    log.fatal({ err: error }, 'the worker cannot start');
    await tellPrimary({ type: 'fatal', error: `${error.name}: ${error.message}`, permanent: false });
    await close();
    process.exit(1);
  })());
}

/** Nobody knows what state an uncaught error leaves: no new work, a short time for the other requests, then out. */
function onFault({ log }: Logging, leave: Leave): void {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error: the worker leaves');
    void tellPrimary({ type: 'fatal', error: `${error.name}: ${error.message}`, permanent: false });
    void leave({ timeoutMs: FAULT_DRAIN_MS, exitCode: 1 });
  });
}
