import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const POLL_MS = 50;
const PATIENCE_MS = 20_000;

export interface WorkerStatus {
  readonly id: number;
  readonly pid: number;
  readonly state: string;
}

/** A running service, as an operator sees it: two ports, signals, an exit code and a log. */
export interface Service {
  readonly url: string;
  readonly adminUrl: string;
  readonly process: ChildProcess;
  readonly log: () => string;
  readonly workers: () => Promise<WorkerStatus[]>;
  /** The value of one series of /metrics, such as `hcnode_workers{state="ready"}`; 0 when it is not there. */
  readonly metric: (series: string) => Promise<number>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves with exit code or signal. */
  readonly exit: Promise<number | string | null>;
}

/** Starts the service, with its chaos routes when nothing else is said, on free ports. It may not come up: `waitUntilReady` tells. */
export async function startService(env: Readonly<Record<string, string>> = {}, program = 'dist/chaos.js'): Promise<Service> {
  const [port, adminPort] = await freePorts();
  const child = spawn(process.execPath, [program], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), ADMIN_PORT: String(adminPort), WORKERS: '2', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { log += chunk.toString(); });
  const adminUrl = `http://127.0.0.1:${adminPort}`;
  return {
    url: `http://127.0.0.1:${port}`,
    adminUrl,
    process: child,
    log: () => log,
    workers: async () => {
      const status = (await (await fetch(`${adminUrl}/status`)).json()) as { workers: WorkerStatus[] }; // Our own route's answer.
      return status.workers;
    },
    metric: async (series) => {
      const text = await (await fetch(`${adminUrl}/metrics`)).text();
      const line = text.split('\n').find((each) => each.startsWith(`${series} `));
      return Number(line?.slice(series.length + 1) ?? 0);
    },
    kill: (signal) => { child.kill(signal); },
    exit: once(child, 'close').then(([code, signal]: (number | string | null)[]) => code ?? signal ?? null),
  };
}

/** Starts a service, waits until all workers are ready, and ends it after the test, whatever happened. */
export async function withService(env: Readonly<Record<string, string>>, use: (service: Service) => Promise<void>): Promise<void> {
  const service = await startService(env);
  try {
    await waitUntil(async () => (await service.metric('hcnode_workers{state="ready"}')) === Number(env['WORKERS'] ?? 2), 'all workers are ready');
    await use(service);
  } catch (error) {
    console.error(service.log());
    throw error;
  } finally {
    service.kill('SIGKILL');
    await service.exit;
  }
}

/** Polls until it is so. @throws after 20 s, saying what did not come about */
export async function waitUntil(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (performance.now() < endMs) {
    try {
      if (await isSo()) return;
    } catch {
      // Not up yet.
    }
    await wait(POLL_MS);
  }
  throw new Error(`it never came about that ${what}`);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port; // A TCP server's address.
    }),
  );
  await Promise.all(servers.map(async (server) => new Promise((resolve) => { server.close(resolve); })));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
