/** A worker that was ready for so long was healthy: its death is no sign of a crash loop. */
export const HEALTHY_AFTER_MS = 10_000;
/** So many deaths before any worker was ever ready: the service cannot start, and whoever started it must know. */
export const MAX_DEATHS_AT_BOOT = 3;

const FIRST_DELAY_MS = 1000;
const FIRST_DELAY_AT_BOOT_MS = 250;
const MAX_DELAY_MS = 30_000;

/**
 * How long to wait before a slot's next fork, in ms: nothing after a healthy life or the first sudden death of a worker
 * that had been ready, then doubling, with jitter so that many machines do not fork in step.
 * @param failures deaths in a row of workers in this slot which had not been healthy
 */
export function forkDelayMs(failures: number, { wasReady, everReady }: { wasReady: boolean; everReady: boolean }): number {
  const counted = wasReady ? failures - 1 : failures;
  if (counted <= 0) return 0;
  const firstMs = everReady ? FIRST_DELAY_MS : FIRST_DELAY_AT_BOOT_MS;
  const jitter = 0.75 + Math.random() / 2;
  return Math.min(MAX_DELAY_MS, firstMs * 2 ** (counted - 1)) * jitter;
}
