import { spawn } from 'node:child_process';
import { onTestFinished, inject } from 'vitest';
import { freePort } from './ports.js';
import { liveChildren, liveMembers } from './processes.js';
import { send } from './requests.js';
import { until } from './time.js';

export interface ServiceOptions {
  /** Default: the chaos build, which has routes that misbehave. */
  readonly entry?: 'dist/main.js' | 'dist/chaos.js';
  readonly env?: Readonly<Record<string, string>>;
  /** Another folder than the one built for all tests, when a test changes files. */
  readonly folder?: string;
  /** What to wait for: all workers by /status, or /readyz alone where the admin port tells no more. */
  readonly ready?: 'status' | 'readyz';
  /** A shell command that runs before it in the same process, such as `ulimit -n 100`. */
  readonly limits?: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds of performance.now(). */
  readonly at: number;
}

export interface Service {
  readonly pid: number;
  readonly port: number;
  readonly adminPort: number;
  readonly exited: Promise<Exit>;
  /** Everything written so far, to stdout and stderr. */
  log(): string;
  /** As when the program that reads the log ends. */
  closeLog(): void;
  /** As when it hangs. */
  pauseLog(): void;
  signal(name: NodeJS.Signals): void;
  /** As a terminal does on Ctrl+C, or a supervisor that does not know of children. */
  signalGroup(name: NodeJS.Signals): void;
  /** Ids of the live worker processes. */
  workers(): number[];
  /** Every process of the service, also those whose primary is gone. */
  processes(): number[];
}

/** On a machine where others take the cores, refusing is right, but it is not what most tests are about: it has tests of its own. */
const NO_SHEDDING = { MAX_EVENT_LOOP_DELAY_MS: '0', MAX_EVENT_LOOP_UTILIZATION: '0' } as const;

const running = new Set<number>();
// A service has a process group of its own, so it would survive a test runner that is interrupted.
process.on('exit', () => running.forEach(killGroup));
process.once('SIGTERM', () => process.exit(1));

/** Starts a service of two workers on free ports. It is killed when the test ends. */
export async function launch({ entry = 'dist/chaos.js', env = {}, folder = inject('projectFolder'), limits = 'true' }: ServiceOptions = {}): Promise<Service> {
  const port = await freePort();
  const adminPort = await freePort();
  const child = spawn('/bin/sh', ['-c', `${limits} && exec "$0" "$1"`, process.execPath, entry], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ADMIN_PORT: String(adminPort), WORKERS: '2', ...NO_SHEDDING, ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${entry} in ${folder}`);
  let log = '';
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal, at: performance.now() }));
  });
  running.add(pid);
  onTestFinished(({ task }) => {
    killGroup(pid);
    running.delete(pid);
    if (task.result?.state === 'fail') console.error(lastLines(log));
  });
  return {
    pid,
    port,
    adminPort,
    exited,
    log: () => log,
    closeLog: () => streams.forEach((stream) => void stream.destroy()),
    pauseLog: () => streams.forEach((stream) => void stream.pause()),
    signal: (name) => process.kill(pid, name),
    signalGroup: (name) => process.kill(-pid, name),
    workers: () => liveChildren(pid),
    processes: () => liveMembers(pid),
  };
}

/** Starts a service and waits until all its workers are ready. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const service = await launch(options);
  if (options.ready === 'readyz') await until('it is ready', async () => (await send({ port: service.adminPort, path: '/readyz' })).kind === 'ok');
  else await allReady(service, Number(options.env?.WORKERS ?? 2));
  return service;
}

/** Waits until so many workers are ready, and no other process is starting, draining or about to end. */
export function allReady(service: Pick<Service, 'adminPort' | 'workers'>, count = 2, timeoutMs = 30_000): Promise<true> {
  return until(`${count} workers are ready and no other is left`, async () => {
    const ready = (await readWorkers(service)).filter(({ state }) => state === 'ready').map(({ pid }) => pid);
    const living = service.workers();
    return ready.length === count && living.length === count && living.every((pid) => ready.includes(pid));
  }, timeoutMs);
}

export interface WorkerStatus {
  readonly id: number;
  readonly pid: number;
  readonly state: string;
}

/** Workers as the admin port tells them; none while it does not answer. */
export async function readWorkers({ adminPort }: Pick<Service, 'adminPort'>): Promise<readonly WorkerStatus[]> {
  const { answer } = await send({ port: adminPort, path: '/status' });
  if (answer === undefined) return [];
  // The contract of /status; a wrong shape fails the test that reads it.
  return (JSON.parse(answer.body) as { workers: WorkerStatus[] }).workers;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // all of it has ended
  }
}

/** Enough to see why a test failed, without a line for each of thousands of requests. */
function lastLines(log: string): string {
  return log
    .split('\n')
    .filter((line) => !/"(statusCode|status)":\d/.test(line))
    .slice(-40)
    .join('\n');
}
