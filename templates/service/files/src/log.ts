
import { pino, type DestinationStream, type Logger } from 'pino';

import { isDevelopment } from './environment.js';
import { within } from './within.js';

export type Log = Logger;

/** Lines are written together once so much has come, or after FLUSH_MS: one write per request would cost as much as the request. */
const BUFFER_BYTES = 3072;
const FLUSH_MS = 250;
/** PIPE_BUF of Linux: up to this, the kernel does not mix the lines of several processes in one pipe. */
const ATOMIC_WRITE_BYTES = 4096;
/** A reader of the log that stops reading must not fill the memory: beyond this, lines are dropped. */
const MAX_BUFFERED_BYTES = 8_388_608;
/** … nor hold the service at its end. */
const LAST_FLUSH_MS = 500;

export interface Logging {
  readonly log: Log;
  /** Writes what is buffered, as far as somebody reads it; for the moment before an exit. */
  readonly close: () => Promise<void>;
}

/** Workers buffer their lines, because they write one per request; the primary's go out at once. Neither ever waits for the reader. */
export async function startLogging(level: string, from: { worker: number } | 'primary'): Promise<Logging> {
  const options = {
    level,
    base: from === 'primary' ? { role: 'primary', pid: process.pid } : { role: 'worker', worker: from.worker, pid: process.pid },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (isDevelopment()) return { log: pino(options, await prettyStream()), close: async () => {} };

  // Making the stream sets a pipe to non-blocking: a write to a full one then fails and is tried again, instead of blocking.
  process.stdout.on('error', () => {});
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: from === 'primary' ? 0 : BUFFER_BYTES,
    maxWrite: ATOMIC_WRITE_BYTES,
    maxLength: MAX_BUFFERED_BYTES,
    periodicFlush: FLUSH_MS,
  });
  // A reader of stdout that went away (EPIPE) must not take the service down with it.
  destination.on('error', () => {});
  return {
    log: pino(options, destination),
    close: async () => {
      await within(new Promise((resolve) => { destination.flush(resolve); }), LAST_FLUSH_MS);
      // Or pino would try once more at the exit, for as long as it takes.
      destination.destroy();
    },
  };
}

/** A development dependency, so it is loaded only there. */
async function prettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, singleLine: true, ignore: 'role,worker,pid,hostname', messageFormat: '[{role} {worker}] {msg}' });
}
