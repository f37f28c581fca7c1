import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { type Environment, readEnvironment, readServiceSettings, type ServiceSettings } from '../environment.js';
import { type Log, startLogging } from '../log.js';
import { SettingsError } from '../read-settings.js';
import { adminRoutes } from './admin/routes.js';
import { listenAdmin } from './admin/server.js';
import { startAutoscaler } from './autoscaler.js';
import { measureCluster } from './cluster-state.js';
import { createDiagnostics } from './diagnostics.js';
import { Dispatcher } from './dispatcher.js';
import { startMemoryLimit } from './memory-limit.js';
import { createReloader, type Reloader } from './reload.js';
import { maxWaitingConnections, usableCores, workerFlags } from './resources.js';
import { Supervisor } from './supervisor.js';
import { notifySystemd, reloadingState, startSystemdWatchdog } from './systemd.js';
import { startWatchdog } from './watchdog.js';

/** EX_CONFIG of sysexits.h: a service manager need not try again, see RestartPreventExitStatus in systemd.service(5). */
const BAD_CONFIGURATION = 78;
/** What a shell reports of a program that Ctrl+C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/**
 * The primary takes no user traffic itself. It forks the workers, hands them connections, replaces those that die or hang,
 * reloads and drains them, and serves metrics and administration.
 */
export async function startPrimary(): Promise<void> {
  const environment = readEnvironment();
  const settings = settingsOrExit(environment);
  const logging = await startLogging(settings.LOG_LEVEL, 'primary');
  const { log } = logging;
  const exit = async (code: number): Promise<never> => {
    await logging.close();
    process.exit(code);
  };
  process.on('uncaughtException', (error) => {
    // Its workers notice, finish what they have and leave; whoever started the service starts it anew.
    log.fatal({ err: error }, 'the primary failed');
    void exit(1);
  });

  const cores = usableCores();
  const { wanted, min, max } = workerRange(settings, cores);
  const forWorkers = (fresh: Environment): Environment =>
    readServiceSettings(fresh).TASK_THREADS === 'auto' ? { ...fresh, TASK_THREADS: String(Math.max(1, Math.floor(cores / wanted))) } : fresh;

  const supervisor = new Supervisor(
    { wanted, startTimeoutMs: settings.START_TIMEOUT_MS, shutdownTimeoutMs: settings.SHUTDOWN_TIMEOUT_MS, execArgv: workerFlags(max), log },
    forWorkers(environment),
  );
  const dispatcher = settings.LISTEN === 'dispatch' ? new Dispatcher(supervisor, { port: settings.PORT, host: settings.HOST, maxWaitMs: settings.REQUEST_TIMEOUT_MS, maxWaiting: maxWaitingConnections() }) : undefined;
  if (!dispatcher) cluster.schedulingPolicy = cluster.SCHED_NONE;

  const state = measureCluster(supervisor, dispatcher);
  const reloader = createReloader({
    supervisor,
    readEnvironment: () => forWorkers(readEnvironment()),
    log,
    onOutcome: (outcome) => {
      state.countReload(outcome);
      notifySystemd('READY=1');
    },
  });
  const diagnostics = createDiagnostics(supervisor, settings.DIAGNOSTICS_DIR, settings.DIAGNOSTICS_MAX_MB);

  // Both ports before the first fork: a taken one is one clear line, not a storm of workers.
  await (dispatcher?.listen() ?? probe(settings)).catch((error: unknown) => cannotListen('PORT', settings.HOST, settings.PORT, error));
  const routes = adminRoutes({ supervisor, reloader, state, diagnostics, version: version() });
  const admin = await listenAdmin(routes, { port: settings.ADMIN_PORT, host: settings.ADMIN_HOST, token: settings.ADMIN_TOKEN, log }).catch((error: unknown) =>
    cannotListen('ADMIN_PORT', settings.ADMIN_HOST, settings.ADMIN_PORT, error),
  );

  const isBusy = (): boolean => reloader.isReloading || supervisor.isStopping() || supervisor.isLeaving();
  const stops = [
    startWatchdog(supervisor, settings.HEARTBEAT_TIMEOUT_MS, log),
    startMemoryLimit(supervisor, settings.MAX_WORKER_RSS_MB, isBusy, log),
    startAutoscaler(supervisor, { min, max, isBusy, log }),
    startSystemdWatchdog(supervisor),
  ];
  supervisor.on('message', (record, { type }) => {
    if (type === 'replace-me' && !isBusy()) setTimeout(() => void supervisor.replace(record, 'reload'), REPLACE_ME_DELAY_MS);
  });
  supervisor.on('give-up', (reason) => {
    log.fatal({ reason }, `the service cannot start: ${reason}`);
    for (const record of supervisor.records) supervisor.kill(record, 'stop');
    void exit(1);
  });
  supervisor.once('ready', () => {
    log.info({ url: `http://${settings.HOST}:${settings.PORT}`, admin: `http://${settings.ADMIN_HOST}:${settings.ADMIN_PORT}`, workers: wanted }, 'service ready');
    notifySystemd('READY=1');
  });

  obeySignals({ log, supervisor, reloader, snapshots, stop });
  log.info({ version: version(), node: process.version, workers: wanted, cores }, 'service starting');
  supervisor.start();

  async function stop(signal: string): Promise<void> {
    log.info({ signal }, 'service stopping');
    notifySystemd('STOPPING=1');
    supervisor.leave();
    await wait(settings.PRE_STOP_DELAY_MS);
    await dispatcher?.close();
    const isClean = await supervisor.stop();
    for (const stopPart of stops) stopPart();
    admin.close();
    log.info({ isClean }, 'service stopped');
    await exit(isClean ? 0 : 1);
  }

  async function snapshots(): Promise<void> {
    for (const record of supervisor.ready()) {
      await diagnostics.take(record, 'heap-snapshot', 0).then(
        (file) => { log.info({ worker: record.slot, file }, 'heap snapshot written'); },
        (error: unknown) => { log.error({ worker: record.slot, err: error }, 'heap snapshot failed'); },
      );
    }
  }
}

/** A signal to the whole process group reaches a worker and the primary in any order; the primary's own comes within this time. */
const REPLACE_ME_DELAY_MS = 200;

interface Commands {
  readonly log: Log;
  readonly supervisor: Supervisor;
  readonly reloader: Reloader;
  readonly snapshots: () => Promise<void>;
  readonly stop: (signal: string) => Promise<void>;
}

function obeySignals({ log, supervisor, reloader, snapshots, stop }: Commands): void {
  process.on('SIGTERM', () => { onStop('SIGTERM'); });
  process.on('SIGINT', () => {
    if (supervisor.isLeaving() && process.stdin.isTTY) abandon();
    onStop('SIGINT');
  });
  process.on('SIGHUP', () => {
    notifySystemd(...reloadingState());
    reloader.reload('SIGHUP');
  });
  process.on('SIGUSR2', () => void snapshots());

  /** A repeated signal is ignored: the service is leaving already. */
  function onStop(signal: string): void {
    if (!supervisor.isLeaving()) void stop(signal);
  }

  function abandon(): void {
    log.warn('interrupted again: leaving at once');
    for (const record of supervisor.records) supervisor.kill(record, 'stop');
    process.exit(INTERRUPTED);
  }
}

function settingsOrExit(environment: Environment): ServiceSettings {
  try {
    return readServiceSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(error.faults.map((fault) => `${fault}\n`).join(''));
    process.exit(BAD_CONFIGURATION);
  }
}

function workerRange({ WORKERS, MIN_WORKERS, MAX_WORKERS }: ServiceSettings, cores: number): { wanted: number; min: number; max: number } {
  const workers = WORKERS === 'auto' ? cores : WORKERS;
  const max = Math.max(MAX_WORKERS || workers, MIN_WORKERS);
  const min = Math.min(MIN_WORKERS || workers, max);
  return { wanted: Math.min(Math.max(workers, min), max), min, max };
}

/** With LISTEN=shared the workers open the port; whether it can be had is found out here, before there are any. */
async function probe({ PORT, HOST }: ServiceSettings): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  });
  await new Promise((resolve) => { server.close(resolve); });
}

const listenFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EACCES: 'may not be opened by this user',
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is no address of this machine',
};

function cannotListen(variable: string, host: string, port: number, error: unknown): never {
  const { code = '', message } = error as NodeJS.ErrnoException; // What listen() rejects with.
  process.stderr.write(`${variable}=${port}: ${host}:${port} ${listenFaults[code] ?? `cannot be opened: ${message}`}\n`);
  process.exit(1);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
