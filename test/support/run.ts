import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
export const bin = `${packageFolder}dist/create-hcnode.js`;

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which is then closed. */
  readonly input?: string;
  /** Leaves standard input open and says nothing, as a forgotten pipe does. */
  readonly isInputOpen?: boolean;
  readonly uid?: number;
  /** Killed after this long. Default: far beyond what our own command takes, so whoever needs it hangs. */
  readonly timeoutMs?: number;
}

const HANGS_AFTER_MS = 60_000;

/** Runs our command, without what npm and CI have put into the environment of the tests. */
export async function runCreate(parameters: readonly string[], options: Options): Promise<Ended> {
  return ended(startCreate(parameters, options));
}

export function startCreate(parameters: readonly string[], options: Options): ChildProcess {
  return start(process.execPath, [bin, ...parameters], options);
}

export function start(program: string, parameters: readonly string[], { cwd, env = {}, input = '', isInputOpen = false, uid, timeoutMs = HANGS_AFTER_MS }: Options): ChildProcess {
  const child = spawn(program, parameters, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  // It may end before it has read what it does not need.
  child.stdin.on('error', () => undefined);
  if (!isInputOpen) child.stdin.end(input);
  return child;
}

export async function run(program: string, parameters: readonly string[], options: Options): Promise<Ended> {
  return ended(start(program, parameters, options));
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      child.stdin?.destroy();
      resolve({ exitCode, signal, stdout, stderr });
    });
  });
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|CI$|GITHUB_|VITEST|NODE_OPTIONS$|GIT_|NO_COLOR$|FORCE_COLOR$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
