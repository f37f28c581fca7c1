import { execFile } from 'node:child_process';

export interface Result {
  readonly code: number;
  readonly said: string;
}

interface Where {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs a program to its end. It does not reject: the exit code and what was said are what tests look at. */
export const run = (program: string, parameters: readonly string[], { folder, env = {}, timeoutMs = 60_000 }: Where = {}): Promise<Result> =>
  new Promise((resolve) => {
    execFile(program, parameters, { cwd: folder, env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, said: stdout + stderr + (error && !stdout && !stderr ? error.message : '') });
    });
  });
