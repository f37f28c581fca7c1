import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';
import { buildByHand } from '../harness/image.js';
import { composeWith, write } from '../harness/project.js';
import { run } from '../harness/run.js';

test('what the Dockerfile makes serves, tells its health, writes to its volume only, and stops', { timeout: 240_000 }, async () => {
  const context = write(composeWith());
  const made = await run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { folder: context, timeoutMs: 120_000 });
  expect(made.code, made.said).toBe(0);
  const { folder, env, command, healthCheck } = await buildByHand(composeWith().get('Dockerfile') ?? '', context, write([]));

  expect(readdirSync(folder).sort()).toEqual(['dist', 'node_modules', 'package.json']);
  expect(readdirSync(join(folder, 'node_modules'))).toContain('fastify');
  for (const tool of ['typescript', 'eslint', 'tsx', 'pino-pretty']) expect(readdirSync(join(folder, 'node_modules'))).not.toContain(tool);

  const [port, adminPort] = [await freePort(), await freePort()];
  const diagnostics = join(write([]), 'diagnostics');
  const inContainer = {
    PATH: process.env['PATH'] ?? '',
    ...env,
    // Tests listen on loopback only, and on ports of their own.
    ...{ PORT: String(port), ADMIN_PORT: String(adminPort), HOST: '127.0.0.1', ADMIN_HOST: '127.0.0.1', WORKERS: '2', DIAGNOSTICS_DIR: diagnostics },
  };
  const check = async (): Promise<number> => (await run(healthCheck[0] ?? '', healthCheck.slice(1), { folder, env: inContainer })).code;
  expect(await check()).toBe(1);

  const service = spawn(command[0] ?? '', command.slice(1), { cwd: folder, env: inContainer, stdio: ['ignore', 'pipe', 'pipe'], ...asUser1000(folder, diagnostics) });
  onTestFinished(() => { service.kill('SIGKILL'); });
  let log = '';
  for (const stream of [service.stdout, service.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { log += text; });
  const exited = new Promise<number | null>((resolve) => { service.once('exit', resolve); });

  await until(`it is healthy; it said:\n${log}`, async () => (await check()) === 0, 30_000);
  expect((await send({ port, path: '/' })).answer?.status).toBe(200);
  service.kill('SIGUSR2');
  await until('both workers have written a snapshot', () => log.split('heap snapshot written').length === 3, 30_000);
  expect(readdirSync(diagnostics)).toHaveLength(2);
  service.kill('SIGTERM');
  expect(await exited, log).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['dist', 'node_modules', 'package.json']);
});

/** As the image does it, where we may: the files belong to root, the process to user 1000. */
function asUser1000(folder: string, diagnostics: string): { uid?: number; gid?: number } {
  mkdirSync(diagnostics, { mode: 0o777 });
  chmodSync(diagnostics, 0o777);
  if (process.getuid?.() !== 0) return {};
  chmodSync(join(folder, '..'), 0o755);
  chmodSync(join(diagnostics, '..'), 0o755);
  return { uid: 1000, gid: 1000 };
}
