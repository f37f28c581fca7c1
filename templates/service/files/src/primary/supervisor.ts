import { EventEmitter } from 'node:events';

import type { Environment } from '../environment.js';
import type { Log } from '../log.js';
import type { ToPrimary, ToWorker } from '../messages.js';
import { within } from '../within.js';
import { forkDelayMs, HEALTHY_AFTER_MS, MAX_DEATHS_AT_BOOT } from './backoff.js';
import { exited, exitText, forkWorker, isStillUp, killProcess, sendTo, settled } from './worker-process.js';
import { now, type RestartReason, type WorkerRecord } from './worker-record.js';

/** A worker has this long after its drain should have ended, then it is killed. */
const DRAIN_GRACE_MS = 1000;
/** The old worker's exit is waited for so long before the next slot is reloaded: at most one more process than wanted serves. */
const DRAIN_WAIT_MS = 5000;

/** One place for a worker. It is empty only while a replacement is starting or waits in backoff. */
interface Slot {
  readonly index: number;
  worker: WorkerRecord | undefined;
  /** A replacement on its way, while the old worker still serves. */
  surge: WorkerRecord | undefined;
  /** Deaths in a row of workers that had not been healthy. */
  failures: number;
  /** How long the next fork has to wait. */
  waitMs: number;
  retry: NodeJS.Timeout | undefined;
  forks: number;
}

interface Options {
  readonly wanted: number;
  readonly startTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  readonly execArgv: readonly string[];
  readonly log: Log;
}

interface SupervisorEvents {
  ready: [WorkerRecord];
  draining: [WorkerRecord];
  exit: [WorkerRecord];
  message: [WorkerRecord, ToPrimary];
  /** A worker was replaced, or is about to be. */
  restart: [RestartReason];
  /** The service cannot start, and more tries would not help. */
  'give-up': [reason: string];
}

/**
 * Keeps every slot filled. Only `#reconcile` forks, from what is missing; all others (watchdog, memory limit, reload, admin)
 * only mark and kill. So each death has exactly one replacement, whoever noticed it.
 */
export class Supervisor extends EventEmitter<SupervisorEvents> {
  readonly #options: Options;
  readonly #log: Log;
  readonly #records = new Map<number, WorkerRecord>();
  readonly #slots: Slot[] = [];
  #environment: Environment;
  #generation = 1;
  #everReady = false;
  #deathsAtBoot = 0;
  #restarts = 0;
  #leaving = false;
  #stopping = false;

  constructor(options: Options, environment: Environment) {
    super();
    this.#options = options;
    this.#log = options.log;
    this.#environment = environment;
  }

  get records(): readonly WorkerRecord[] {
    return [...this.#records.values()];
  }

  get wanted(): number {
    return this.#slots.length;
  }

  /** The service has been told to stop: readiness fails, but workers still serve. */
  isLeaving(): boolean {
    return this.#leaving;
  }

  isStopping(): boolean {
    return this.#stopping;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Every slot waits: nothing serves, and nothing has for some tries. */
  get isCrashLoop(): boolean {
    return this.#slots.length > 0 && this.#slots.every(({ retry, failures }) => retry !== undefined && failures >= 3);
  }

  ready(): WorkerRecord[] {
    return this.records.filter(({ state }) => state === 'ready');
  }

  find(id: number): WorkerRecord | undefined {
    return this.#records.get(id);
  }

  start(): void {
    this.#resize(this.#options.wanted);
  }

  /** More slots are filled at once; of fewer, the youngest are drained. */
  scale(wanted: number): void {
    if (this.#stopping || wanted === this.wanted) return;
    this.#log.info({ from: this.wanted, to: wanted }, 'scaling');
    this.#resize(wanted);
  }

  kill(record: WorkerRecord, reason: NonNullable<WorkerRecord['killedFor']>): void {
    if (record.state === 'dead' || record.killedFor) return;
    record.killedFor = reason;
    killProcess(record);
  }

  send(record: WorkerRecord, message: ToWorker): void {
    sendTo(record, message);
  }

  /** The worker answers what it has and leaves; its slot is not filled again by this. */
  drain(record: WorkerRecord): void {
    if (record.state === 'draining' || record.state === 'dead') return;
    record.state = 'draining';
    const startedAtMs = now();
    this.send(record, { type: 'drain' });
    this.emit('draining', record);
    const outOfTime = setTimeout(() => {
      this.#log.warn({ workerPid: record.pid, afterMs: Math.round(now() - startedAtMs) }, 'worker killed: it did not drain in time');
      this.kill(record, 'drain');
    }, this.#options.shutdownTimeoutMs + DRAIN_GRACE_MS);
    record.process.once('exit', () => { clearTimeout(outOfTime); });
  }

  /**
   * From here on new workers get this environment, and count as newer than those that run. Empty slots are filled at once:
   * new code may be what they waited for.
   */
  nextGeneration(environment: Environment): void {
    this.#environment = environment;
    this.#generation++;
    for (const slot of this.#slots) {
      if (slot.worker || slot.surge) continue;
      slot.failures = 0;
      slot.waitMs = 0;
      clearTimeout(slot.retry);
      slot.retry = undefined;
    }
    this.#reconcile();
  }

  /** Workers that run older code. */
  outdated(): WorkerRecord[] {
    return this.#slots.flatMap(({ worker }) => (worker && worker.generation < this.#generation ? [worker] : []));
  }

  /**
   * Puts a new worker in an old one's place: the new one must be ready and pass `trial`, only then the old one drains.
   * @returns 'failed' when the new one did not make it (the old one goes on), 'gone' when there was nothing to replace
   */
  async replace(old: WorkerRecord, reason: RestartReason, trial: (fresh: WorkerRecord) => Promise<boolean> = isStillUp): Promise<'replaced' | 'failed' | 'gone'> {
    const slot = this.#slots.find(({ worker }) => worker === old);
    if (!slot || slot.surge || this.#stopping) return 'gone';

    const fresh = this.#tryFork(slot);
    if (!fresh) return 'failed';
    slot.surge = fresh;
    const passed = (await settled(fresh)) && (await trial(fresh));
    if (slot.surge === fresh) slot.surge = undefined;
    if (this.isStopping() || !this.#slots.includes(slot)) return 'gone';
    if (!passed) {
      this.kill(fresh, 'start');
      this.#reconcile();
      return 'failed';
    }

    this.#countRestart(reason);
    if (slot.worker === old) {
      slot.worker = fresh;
      this.drain(old);
      await within(exited(old), DRAIN_WAIT_MS);
    }
    return 'replaced';
  }

  leave(): void {
    this.#leaving = true;
  }

  /** Drains all, and resolves when the last process is gone: true when each left by itself with nothing cut. */
  async stop(): Promise<boolean> {
    this.#stopping = true;
    for (const slot of this.#slots) clearTimeout(slot.retry);
    let isClean = true;
    this.on('exit', ({ process: { process: child }, killedFor }) => {
      if (killedFor !== 'stop' && child.exitCode !== 0) isClean = false;
    });
    const leaving = this.records.map(async (record) => exited(record));
    for (const record of this.records) {
      if (record.state === 'starting') this.kill(record, 'stop');
      else this.drain(record);
    }
    await Promise.all(leaving);
    return isClean;
  }

  #resize(wanted: number): void {
    while (this.#slots.length < wanted) {
      this.#slots.push({ index: this.#slots.length, worker: undefined, surge: undefined, failures: 0, waitMs: 0, retry: undefined, forks: 0 });
    }
    for (const slot of this.#slots.splice(wanted)) {
      clearTimeout(slot.retry);
      for (const record of [slot.worker, slot.surge]) {
        if (record?.state === 'starting') this.kill(record, 'stop');
        else if (record) this.drain(record);
      }
      if (slot.worker) this.#countRestart('scale');
    }
    this.#reconcile();
  }

  /** The one place that fills slots. */
  #reconcile(): void {
    if (this.#stopping) return;
    for (const slot of this.#slots) {
      if (slot.worker || slot.retry) continue;
      if (slot.surge) {
        slot.worker = slot.surge;
        slot.surge = undefined;
        continue;
      }
      if (slot.waitMs === 0) {
        this.#fill(slot);
        continue;
      }
      this.#log.warn({ worker: slot.index, waitMs: Math.round(slot.waitMs), failures: slot.failures }, 'fork put off after failures');
      slot.retry = setTimeout(() => {
        slot.retry = undefined;
        this.#reconcile();
      }, slot.waitMs);
      slot.waitMs = 0;
    }
  }

  #fill(slot: Slot): void {
    slot.worker = this.#tryFork(slot);
    if (slot.worker) return;
    slot.failures++;
    slot.waitMs = forkDelayMs(slot.failures, { wasReady: false, everReady: this.#everReady });
    this.#reconcile();
  }

  /** Without memory for another process, node:child_process throws: that must not end the primary. */
  #tryFork(slot: Slot): WorkerRecord | undefined {
    try {
      const record = this.#fork(slot);
      slot.forks++;
      return record;
    } catch (error) {
      this.#log.error({ err: error, worker: slot.index }, 'no worker could be forked');
      return undefined;
    }
  }

  #fork({ index, forks }: Slot): WorkerRecord {
    const record = forkWorker({ slot: index, restarts: forks, generation: this.#generation, environment: this.#environment, execArgv: this.#options.execArgv });
    this.#records.set(record.id, record);
    this.#watchStart(record);
    const { process: worker } = record;
    worker.on('message', (message: ToPrimary) => { this.#onMessage(record, message); });
    worker.on('error', (error) => { this.#log.warn({ err: error, workerPid: record.pid }, 'channel to a worker failed'); });
    worker.once('exit', (code: number | null, signal: string | null) => { this.#onExit(record, code, signal); });
    // A process that could not be made at all (no memory, no more processes) has an error but no exit.
    if (record.pid === 0) setImmediate(() => { this.#onExit(record, null, null); });
    this.#log.debug({ worker: index, workerPid: record.pid }, 'worker forked');
    return record;
  }

  #watchStart(record: WorkerRecord): void {
    const outOfTime = setTimeout(() => {
      if (record.state !== 'starting') return;
      this.#log.error({ workerPid: record.pid, afterMs: this.#options.startTimeoutMs }, 'worker killed: it was not ready within START_TIMEOUT_MS');
      this.kill(record, 'start');
    }, this.#options.startTimeoutMs);
    record.process.once('exit', () => { clearTimeout(outOfTime); });
  }

  #onMessage(record: WorkerRecord, message: ToPrimary): void {
    record.heardAtMs = now();
    switch (message.type) {
      case 'ready':
        if (record.state !== 'starting') return;
        record.state = 'ready';
        record.readyAtMs = now();
        this.#everReady = true;
        this.#log.info({ worker: record.slot, workerPid: record.pid, afterMs: Math.round(record.readyAtMs - record.forkedAtMs) }, 'worker ready');
        this.emit('ready', record);
        break;
      case 'beat':
        record.vitals = message.vitals;
        break;
      case 'will-block':
        record.mayBlockUntilMs = now() + message.forMs;
        break;
      case 'fatal':
        record.fatal = { error: message.error, permanent: message.permanent };
        this.#onFatal(record);
        break;
      default:
    }
    this.emit('message', record, message);
  }

  /** A worker that failed while serving finishes what it has; its place is filled meanwhile. */
  #onFatal(record: WorkerRecord): void {
    if (record.state !== 'ready') return;
    this.drain(record);
    this.#vacate(record);
  }

  #onExit(record: WorkerRecord, code: number | null, signal: string | null): void {
    const { state } = record;
    record.state = 'dead';
    this.#records.delete(record.id);
    this.emit('exit', record);
    const isExpected = this.#stopping || (state === 'draining' && code === 0) || record.killedFor === 'stop';
    if (!isExpected) {
      const reason = record.fatal?.error ?? record.killedFor;
      this.#log.error({ worker: record.slot, workerPid: record.pid, code, signal, reason, livedMs: Math.round(now() - record.forkedAtMs) }, 'worker died');
    }
    this.#vacate(record);
  }

  /** Empties the slot of a dead or dying worker, once, and has it filled again. */
  #vacate(record: WorkerRecord): void {
    const slot = this.#slots.find(({ worker }) => worker === record);
    if (this.#stopping || !slot) return;
    slot.worker = undefined;

    if (!this.#everReady && this.#givesUp(record)) return;
    const wasReady = record.readyAtMs > 0;
    const wasHealthy = wasReady && now() - record.readyAtMs >= HEALTHY_AFTER_MS;
    slot.failures = wasHealthy ? 0 : slot.failures + 1;
    slot.waitMs = forkDelayMs(slot.failures, { wasReady, everReady: this.#everReady });
    this.#countRestart(record.killedFor === 'hang' ? 'hang' : 'crash');
    this.#reconcile();
  }

  #givesUp(record: WorkerRecord): boolean {
    this.#deathsAtBoot++;
    if (!record.fatal?.permanent && this.#deathsAtBoot < MAX_DEATHS_AT_BOOT) return false;
    this.#stopping = true;
    const reason = record.fatal?.error ?? `a worker ended with ${exitText(record)} before it was ready`;
    this.emit('give-up', record.fatal?.permanent ? reason : `${reason} (${this.#deathsAtBoot} workers died before any was ready)`);
    return true;
  }

  #countRestart(reason: RestartReason): void {
    this.#restarts++;
    this.emit('restart', reason);
  }
}
