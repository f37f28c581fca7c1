import { spawn } from 'node:child_process';
import { onTestFinished, inject } from 'vitest';
import { scrape, valueOf } from './metrics.js';
import { freePort } from './ports.js';
import { liveChildren, liveMembers } from './processes.js';
import { until } from './time.js';

export interface ServiceOptions {
  /** Default: the chaos build, which has routes that misbehave. */
  readonly entry?: 'dist/main.js' | 'dist/chaos.js';
  readonly env?: Readonly<Record<string, string>>;
  /** Another folder than the one built for all tests, when a test changes files. */
  readonly folder?: string;
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
  signal(name: NodeJS.Signals): void;
  /** As a terminal does on Ctrl+C, or a supervisor that does not know of children. */
  signalGroup(name: NodeJS.Signals): void;
  /** Ids of the live worker processes. */
  workers(): number[];
  /** Every process of the service, also those whose primary is gone. */
  processes(): number[];
}

const running = new Set<number>();
// A service has a process group of its own, so it would survive a test runner that is interrupted.
process.on('exit', () => running.forEach(killGroup));

/** Starts a service of two workers on free ports. It is killed when the test ends. */
export async function launch({ entry = 'dist/chaos.js', env = {}, folder = inject('projectFolder') }: ServiceOptions = {}): Promise<Service> {
  const port = await freePort();
  const adminPort = await freePort();
  const child = spawn(process.execPath, [entry], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ADMIN_PORT: String(adminPort), WORKERS: '2', ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${entry} in ${folder}`);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
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
    signal: (name) => process.kill(pid, name),
    signalGroup: (name) => process.kill(-pid, name),
    workers: () => liveChildren(pid),
    processes: () => liveMembers(pid),
  };
}

/** Starts a service and waits until all its workers are ready. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const service = await launch(options);
  await allReady(service, Number(options.env?.WORKERS ?? 2));
  return service;
}

/** Waits until so many workers are ready, and no other one is starting or draining. */
export function allReady(service: Pick<Service, 'adminPort'>, count = 2, timeoutMs = 30_000): Promise<true> {
  return until(`${count} workers are ready and no other is left`, async () => {
    const states = await workerStates(service);
    return states?.ready === count && states.starting + states.draining === 0;
  }, timeoutMs);
}

/** Workers by state, or undefined while the admin port does not answer. */
export async function workerStates({ adminPort }: Pick<Service, 'adminPort'>): Promise<Record<'starting' | 'ready' | 'draining', number> | undefined> {
  try {
    const samples = await scrape(adminPort);
    const count = (state: string) => valueOf(samples, 'hcnode_workers', { state });
    return { starting: count('starting'), ready: count('ready'), draining: count('draining') };
  } catch {
    return undefined; // not up yet
  }
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
