import { setTimeout as wait } from 'node:timers/promises';

/**
 * What a promise is fulfilled with, or undefined when it takes longer than `timeoutMs`; rejects as the promise does.
 * The timer ends with the race: left armed, it would keep what waits for it in memory until its time has come.
 */
export async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([promise, wait(timeoutMs, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
