import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** `npm run demo`: creates a service in a temporary folder, installs, builds and starts it, and takes all of it down on Ctrl-C. */
const root = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'hcnode-demo-'));
const service = join(folder, 'demo');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const port = await freePort();
const adminPort = await freePort();
run(process.execPath, ['--import', 'tsx', join(root, 'bin/create-hcnode.ts'), service, '--yes', '--no-git', '--port', String(port), '--admin-port', String(adminPort)], root);
run('npm', ['run', '--silent', 'build'], service);

const child = spawn(process.execPath, ['dist/main.js'], { cwd: service, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
// The first asks it to drain; whoever presses a second time wants it gone.
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    child.kill(isStopping ? 'SIGKILL' : 'SIGTERM');
    isStopping = true;
  });
}

await untilReady();
process.stdout.write(`
The service runs, and restarts what dies:

  curl http://127.0.0.1:${port}/                         a request
  curl 'http://127.0.0.1:${port}/process?count=10000000' work for the CPU, in threads
  curl http://127.0.0.1:${adminPort}/metrics                  metrics of all workers
  http://127.0.0.1:${adminPort}/                              its workers, live, in a browser
  kill -9 $(pgrep -P ${child.pid ?? 0} | head -1)                      kill a worker: it is replaced at once
  kill -HUP ${child.pid ?? 0}                               reload without losing a request

Ctrl-C takes it down, and removes ${folder}
`);
process.exitCode = await ended;

function run(program: string, parameters: readonly string[], cwd: string): void {
  const { status } = spawnSync(program, parameters, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')} ended with ${status ?? 'a signal'}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening server has a port');
  return address.port;
}

async function untilReady(): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && Date.now() < giveUpAt) {
    const isReady = await fetch(`http://127.0.0.1:${adminPort}/readyz`).then((answer) => answer.ok, () => false);
    if (isReady) return;
    await sleep(200);
  }
  child.kill('SIGKILL');
  throw new Error('the service did not become ready');
}
