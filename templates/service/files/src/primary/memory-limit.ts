import type { Log } from '../log.js';
import type { Supervisor } from './supervisor.js';

const CHECK_MS = 1000;
const BYTES_PER_MB = 1_048_576;

/**
 * Replaces workers whose resident memory is above the limit: the new one first, one at a time, no request lost.
 * @returns how to stop it
 */
export function startMemoryLimit(supervisor: Supervisor, limitMb: number, isBusy: () => boolean, log: Log): () => void {
  if (limitMb === 0) return () => {};
  let isReplacing = false;
  const timer = setInterval(() => void check(), CHECK_MS);
  return () => { clearInterval(timer); };

  async function check(): Promise<void> {
    if (isReplacing || isBusy()) return;
    const tooLarge = supervisor.ready().find(({ vitals }) => vitals && vitals.rssBytes > limitMb * BYTES_PER_MB);
    if (!tooLarge) return;
    isReplacing = true;
    log.warn({ worker: tooLarge.slot, workerPid: tooLarge.pid, rssBytes: tooLarge.vitals?.rssBytes, limitMb }, 'worker above MAX_WORKER_RSS_MB: replacing it');
    try {
      await supervisor.replace(tooLarge, 'memory');
    } finally {
      isReplacing = false;
    }
  }
}
