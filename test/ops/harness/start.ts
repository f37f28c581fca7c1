import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';

interface Options {
  /** Removed when the process has ended. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process that ends with the test. */
export function start(program: string, parameters: readonly string[], { folder, environment = {} }: Options): void {
  const child = spawn(program, parameters, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => { child.once('exit', resolve); });
    rmSync(folder, { recursive: true, force: true });
  });
}
