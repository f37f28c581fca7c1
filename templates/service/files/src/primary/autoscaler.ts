import type { Log } from '../log.js';
import type { Supervisor } from './supervisor.js';
import { now } from './worker-record.js';

const SAMPLE_MS = 5000;
/** Busier than this for GROW_AFTER samples: one more. Idler than SHRINK_BELOW for SHRINK_AFTER: one less. */
const GROW_ABOVE = 0.75;
const GROW_AFTER = 3;
const SHRINK_BELOW = 0.25;
const SHRINK_AFTER = 12;
const COOLDOWN_MS = 30_000;
/** After a hang the load says nothing about the number of workers. */
const AFTER_HANG_MS = 60_000;

interface Options {
  readonly min: number;
  readonly max: number;
  readonly isBusy: () => boolean;
  readonly log: Log;
}

/**
 * Follows the mean event-loop utilisation of the ready workers between `min` and `max`, one worker at a time.
 * @returns how to stop it
 */
export function startAutoscaler(supervisor: Supervisor, { min, max, isBusy, log }: Options): () => void {
  if (min === max) return () => {};
  let busySamples = 0;
  let idleSamples = 0;
  let notBeforeMs = 0;
  supervisor.on('restart', (reason) => { if (reason === 'hang') notBeforeMs = now() + AFTER_HANG_MS; });
  const timer = setInterval(sample, SAMPLE_MS);
  return () => { clearInterval(timer); };

  function sample(): void {
    const ready = supervisor.ready();
    if (isBusy() || ready.length < supervisor.wanted) return;
    const mean = ready.reduce((total, { vitals }) => total + (vitals?.eventLoopUtilization ?? 0), 0) / ready.length;
    busySamples = mean > GROW_ABOVE ? busySamples + 1 : 0;
    idleSamples = mean < SHRINK_BELOW ? idleSamples + 1 : 0;
    if (now() < notBeforeMs) return;
    if (busySamples >= GROW_AFTER && supervisor.wanted < max) scale(1, mean);
    else if (idleSamples >= SHRINK_AFTER && supervisor.wanted > min) scale(-1, mean);
  }

  function scale(by: 1 | -1, utilization: number): void {
    log.info({ utilization: Number(utilization.toFixed(2)) }, by > 0 ? 'autoscaling up' : 'autoscaling down');
    busySamples = 0;
    idleSamples = 0;
    notBeforeMs = now() + COOLDOWN_MS;
    supervisor.scale(supervisor.wanted + by);
  }
}
