import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface WrkResult {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p99Ms: number;
}

export interface WrkOptions {
  readonly port: number;
  readonly path?: string;
  readonly seconds: number;
  readonly connections: number;
}

/** Loads a service over keep-alive connections from one thread of wrk, which leaves most of the machine to the service. */
export async function wrk({ port, path = '/', seconds, connections }: WrkOptions): Promise<WrkResult> {
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '--latency', `http://127.0.0.1:${port}${path}`]);
  const total = /(\d+) requests in ([\d.]+)(m?s|m)\b/.exec(stdout);
  if (!total) throw new Error(`cannot read what wrk says: ${stdout}`);
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  const socketErrors = [...(/Socket errors: (.*)/.exec(stdout)?.[1] ?? '').matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0);
  return { requests: Number(total[1]), failed: bad + socketErrors, seconds: inMs(total[2], total[3]) / 1000, p99Ms: latency(stdout) };
}

function latency(stdout: string): number {
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s|m)/.exec(stdout) ?? [];
  return inMs(value, unit);
}

const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };
const inMs = (value = 'NaN', unit = 'ms'): number => Number(value) * (MS[unit] ?? Number.NaN);
