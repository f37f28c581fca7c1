import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';
import { readWorkers, type WorkerStatus } from '../../chaos/harness/service.js';
import { until } from '../../chaos/harness/time.js';
import { describeWith } from '../../ops/harness/programs.js';
import { composeWith, write } from '../harness/project.js';
import { run } from '../harness/run.js';

const NODE_MODULES = resolve(import.meta.dirname, '../../../node_modules');

describeWith('curl', 'docs/operations.md', () => {
  test('has commands that work as they are written', { timeout: 180_000 }, async () => {
    const [port, adminPort] = [await freePort(), await freePort()];
    const files = composeWith({ port, adminPort, workers: 2 });
    const folder = write(files);
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
    const built = await run('npm', ['run', 'build'], { folder });
    expect(built.code, built.said).toBe(0);
    const service = spawn(process.execPath, ['dist/main.js'], { cwd: folder, env: { PATH: process.env['PATH'], NODE_ENV: 'production' }, stdio: 'ignore' });
    onTestFinished(() => { service.kill('SIGKILL'); });
    const ready = async (count: number): Promise<readonly WorkerStatus[] | undefined> => {
      const workers = await readWorkers({ adminPort });
      return workers.length === count && workers.every(({ state }) => state === 'ready') ? workers : undefined;
    };

    const commands = [...(files.get('docs/operations.md') ?? '').matchAll(/^curl .*/gm)].map(([command]) => command.replace(/ #.*/, ''));
    expect(commands).toHaveLength(9);
    let written = '';
    let count = 2;
    for (const command of commands) {
      // A reload or a restart, asked for before, is to be over.
      const workers = await until(`${count} workers are ready`, () => ready(count), 60_000);
      const now = command
        .replace(/workers\/\d+/, `workers/${workers[0]?.id ?? 0}`)
        .replace(/seconds=\d+/, 'seconds=1')
        .replace('FILE', written);
      const { code, said } = await run('sh', ['-c', now.replace('curl', 'curl --silent --show-error --fail-with-body')], { folder });
      expect(code, `${now}\n${said}`).toBe(0);
      written = /"file":"([^"]+)"/.exec(said)?.[1] ?? written;
      count = Number(/"count": (\d+)/.exec(now)?.[1] ?? count);
    }
    expect(written).toMatch(/^worker-0-.*\.(cpuprofile|heapprofile|heapsnapshot)$/);

    const exited = new Promise<number | null>((done) => { service.once('exit', done); });
    await until(`${count} workers are ready`, () => ready(count), 60_000);
    service.kill('SIGTERM');
    expect(await exited).toBe(0);
  });
});
