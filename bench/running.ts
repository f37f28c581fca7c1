import { spawn } from 'node:child_process';
import { freePort } from '../test/chaos/harness/ports.js';
import { send } from '../test/chaos/harness/requests.js';
import { until } from '../test/chaos/harness/time.js';
import type { Contestant } from './contestants.js';

export const WORKERS = 2;

export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
}

const groups = new Set<number>();
process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Starts a contestant with two workers and waits for its first answer; what it prints goes to /dev/null. */
export async function start({ name, folder, command: [program, ...args], env = {} }: Contestant): Promise<Running> {
  const port = await freePort();
  const adminPort = await freePort();
  const child = spawn(program, args, {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', WORKERS: String(WORKERS), PORT: String(port), ADMIN_PORT: String(adminPort), ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${name}`);
  groups.add(pid);
  await until(`${name} answers`, async () => (await send({ port, path: '/' })).kind === 'ok', 30_000);
  return { name, pid, port };
}

function stopAll(): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // it ended by itself
    }
  }
}
