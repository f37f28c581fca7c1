import { Stop } from './stop.js';

/**
 * Runs something that signals can end. They are noticed between two files, so that what was written so far can be taken back.
 * @throws {Stop} after a signal, when the work stopped because of it
 */
export async function interruptible<Result>(work: (interruption: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted && !(error instanceof Stop) ? new Stop('interrupted', ['interrupted; nothing was written'], { cause: error }) : error;
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
