import type { Log } from '../log.js';
import { readMainThread } from '../process-stat.js';
import type { Supervisor } from './supervisor.js';
import { now, type WorkerRecord } from './worker-record.js';

const TICK_MS = 250;
/** A tick that comes so late says that the primary itself was paused or starved: it cannot know who was silent. */
const PAUSED_AFTER_MS = 1000;
/** A worker that ran so much of the timeout without a heartbeat is busy with something endless, not starved of CPU. */
const RAN_SHARE = 0.3;
/** A worker that may only be starved, or waits for a disk, gets so much longer. */
const STARVED_PATIENCE = 4;

/** Where the main thread's CPU time stood when the worker was last heard. */
interface Silence {
  readonly heardAtMs: number;
  readonly cpuMs: number;
}

/**
 * Kills workers whose event loop no longer turns. It never forks: the supervisor replaces what died.
 * @returns how to stop it
 */
export function startWatchdog(supervisor: Supervisor, timeoutMs: number, log: Log): () => void {
  const silences = new Map<number, Silence>();
  let tickedAtMs = now();
  const timer = setInterval(tick, TICK_MS);
  supervisor.on('exit', ({ id }) => { silences.delete(id); });
  return () => { clearInterval(timer); };

  function tick(): void {
    const lateMs = now() - tickedAtMs - TICK_MS;
    tickedAtMs = now();
    if (lateMs > PAUSED_AFTER_MS) {
      log.warn({ lateMs: Math.round(lateMs) }, 'the primary was paused; heartbeats are counted anew');
      for (const record of supervisor.records) record.heardAtMs = now();
      return;
    }
    for (const record of supervisor.ready()) if (now() > record.mayBlockUntilMs) watch(record);
  }

  function watch(record: WorkerRecord): void {
    const thread = readMainThread(record.pid);
    const silence = silences.get(record.id);
    if (silence?.heardAtMs !== record.heardAtMs) {
      silences.set(record.id, { heardAtMs: record.heardAtMs, cpuMs: thread?.cpuMs ?? 0 });
      return;
    }
    const silentMs = now() - record.heardAtMs;
    if (silentMs < timeoutMs || thread?.state === 't') return;
    if (silentMs < patienceMs(thread, silence)) return;
    log.error({ worker: record.slot, workerPid: record.pid, silentMs: Math.round(silentMs), threadState: thread?.state }, 'worker hung: killing it');
    supervisor.kill(record, 'hang');
  }

  /** How long this silence may last. Without /proc nothing tells starved from hung, so it is twice the timeout. */
  function patienceMs(thread: ReturnType<typeof readMainThread>, silence: Silence): number {
    if (!thread) return 2 * timeoutMs;
    const hasRun = thread.cpuMs - silence.cpuMs >= RAN_SHARE * timeoutMs;
    const doesNotWantToRun = thread.state === 'S' || thread.state === 'T';
    return hasRun || doesNotWantToRun ? timeoutMs : STARVED_PATIENCE * timeoutMs;
  }
}
