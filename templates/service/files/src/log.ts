import { pino, type DestinationStream, type Logger } from 'pino';

import { isDevelopment } from './environment.js';

export type Log = Logger;

/** Lines are written together once so much has come, or after FLUSH_MS: one write per request would cost as much as the request. */
const BUFFER_BYTES = 4096;
const FLUSH_MS = 250;

export interface Logging {
  readonly log: Log;
  /** Writes what is buffered; for the moment before an exit. */
  readonly flush: () => void;
}

/** Workers buffer their lines, because they write one per request; the primary writes few and loses none. */
export async function startLogging(level: string, from: { worker: number } | 'primary'): Promise<Logging> {
  const options = {
    level,
    base: from === 'primary' ? { role: 'primary', pid: process.pid } : { role: 'worker', worker: from.worker, pid: process.pid },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (isDevelopment()) return { log: pino(options, await prettyStream()), flush() {} };

  const destination = pino.destination(
    from === 'primary' ? { dest: 1, sync: true } : { dest: 1, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MS },
  );
  // A reader of stdout that went away (EPIPE) must not take the service down with it.
  destination.on('error', () => {});
  return { log: pino(options, destination), flush: () => { flushNow(destination); } };
}

function flushNow(destination: { flushSync(): void }): void {
  try {
    destination.flushSync();
  } catch {
    // Not open yet or already gone: nothing can be written, and nobody can be told.
  }
}

/** A development dependency, so it is loaded only there. */
async function prettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, singleLine: true, ignore: 'role,worker,pid,hostname', messageFormat: '[{role} {worker}] {msg}' });
}
