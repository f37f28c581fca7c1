import { setTimeout as wait } from 'node:timers/promises';

import { type Environment, readServiceSettings } from '../environment.js';
import type { Log } from '../log.js';
import type { Supervisor } from './supervisor.js';
import type { WorkerRecord } from './worker-record.js';

/** The first new worker takes traffic beside all old ones for so long before any of them has to leave. */
const PROBATION_MS = 1500;
const PROBE_MS = 50;
/** More failed answers than this share, among at least so many, while the old workers do better: the new release is at fault. */
const MAX_FAILED_SHARE = 0.5;
const MIN_ANSWERS = 5;

export type ReloadOutcome = 'completed' | 'aborted';

export interface Reloader {
  /** Starts a reload; during one, another follows it. Never rejects. */
  reload(trigger: string): void;
  readonly last: { readonly outcome: ReloadOutcome; readonly reason: string | undefined; readonly at: string } | undefined;
  readonly isReloading: boolean;
}

interface Options {
  readonly supervisor: Supervisor;
  readonly readEnvironment: () => Environment;
  readonly log: Log;
  readonly onOutcome: (outcome: ReloadOutcome) => void;
}

/** Rolling reload: a canary first, then slot by slot. Whatever goes wrong, the old workers go on. */
export function createReloader({ supervisor, readEnvironment, log, onOutcome }: Options): Reloader {
  let isReloading = false;
  let again = false;
  let last: Reloader['last'];

  return {
    reload: (trigger) => void reload(trigger),
    get last() {
      return last;
    },
    get isReloading() {
      return isReloading;
    },
  };

  async function reload(trigger: string): Promise<void> {
    if (supervisor.isStopping()) return;
    if (isReloading) {
      again = true;
      return;
    }
    isReloading = true;
    log.info({ trigger }, 'reload started');
    const fault = await run();
    isReloading = false;
    if (supervisor.isStopping()) return;
    finish(fault);
    if (takeAgain()) await reload(trigger);
  }

  function takeAgain(): boolean {
    const wasAsked = again;
    again = false;
    return wasAsked;
  }

  function finish(fault: string | undefined): void {
    const outcome = fault === undefined ? 'completed' : 'aborted';
    last = { outcome, reason: fault, at: new Date().toISOString() };
    onOutcome(outcome);
    if (fault === undefined) log.info('reload completed');
    else log.error({ reason: fault }, 'reload aborted: the old workers go on');
  }

  /** @returns what went wrong, or undefined */
  async function run(): Promise<string | undefined> {
    try {
      const environment = readEnvironment();
      readServiceSettings(environment);
      supervisor.nextGeneration(environment);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    let isCanary = true;
    for (let [old] = supervisor.outdated(); old; [old] = supervisor.outdated()) {
      const result = await supervisor.replace(old, 'reload', isCanary ? onProbation : undefined);
      if (supervisor.isStopping()) return 'the service is stopping';
      if (result === 'failed') return isCanary ? 'the first new worker did not pass its probation' : 'a new worker did not start';
      if (result === 'replaced') isCanary = false;
      else await wait(PROBE_MS); // Being replaced for another reason, perhaps by the old code: look again.
    }
    return undefined;
  }

  async function onProbation(fresh: WorkerRecord): Promise<boolean> {
    const old = supervisor.ready().filter((record) => record !== fresh);
    const before = tally(old);
    for (let passedMs = 0; passedMs < PROBATION_MS; passedMs += PROBE_MS) {
      await wait(PROBE_MS);
      if (fresh.state !== 'ready' || supervisor.isStopping()) return false;
    }
    const canary = tally([fresh]);
    const others = subtract(tally(old), before);
    const isWorse = canary.answered >= MIN_ANSWERS && failedShare(canary) > Math.max(MAX_FAILED_SHARE, 2 * failedShare(others));
    const isAloneOverloaded = isOverloaded(fresh) && !old.some(isOverloaded);
    if (isWorse || isAloneOverloaded) log.error({ canary, others, isAloneOverloaded }, 'the first new worker does worse than the old ones');
    return !isWorse && !isAloneOverloaded;
  }
}

interface Tally {
  readonly answered: number;
  readonly failed: number;
}

function tally(records: readonly WorkerRecord[]): Tally {
  const sum = (pick: (record: WorkerRecord) => number | undefined): number => records.reduce((total, record) => total + (pick(record) ?? 0), 0);
  return { answered: sum(({ vitals }) => vitals?.answered), failed: sum(({ vitals }) => vitals?.failed) };
}

const subtract = (after: Tally, before: Tally): Tally => ({ answered: after.answered - before.answered, failed: after.failed - before.failed });

const failedShare = ({ answered, failed }: Tally): number => (answered === 0 ? 0 : failed / answered);

const isOverloaded = ({ vitals }: WorkerRecord): boolean => vitals?.overloaded === true;
