import { metrics } from '../metrics/catalog.js';
import { counter } from '../metrics/define.js';
import type { EventLoopMonitor } from './event-loop.js';

/** Shedding starts when so much of the last second went by in turns above the limit: one garbage collection is no overload. */
const START_SHARE = 0.5;
/** … and ends only well below the limit, or it would switch on and off with each answer. */
const HYSTERESIS = 0.5;
/** The same for utilisation, which falls at once when little is refused. */
const STILL_BUSY = 0.9;
/** A busy loop is good work as long as requests do not wait for it: utilisation counts when turns are longer than this part of the delay limit. */
const WAITING_PART = 0.2;

export type ShedReason = 'event_loop_delay' | 'event_loop_utilization';
const reasons: readonly ShedReason[] = ['event_loop_delay', 'event_loop_utilization'];

interface Limits {
  readonly maxDelayMs: number;
  readonly maxUtilization: number;
}

/** Decides, ten times a second, whether new requests can be answered in time. Those that cannot are better refused at once. */
export class LoadShedder {
  readonly #monitor: EventLoopMonitor;
  readonly #limits: Limits;
  readonly #shed = counter(metrics.httpRequestsShed);
  #reason: ShedReason | undefined;

  constructor(monitor: EventLoopMonitor, limits: Limits) {
    this.#monitor = monitor;
    this.#limits = limits;
    for (const reason of reasons) this.#shed.inc({ reason }, 0);
    monitor.onSample(() => { this.#reason = this.#decide(); });
  }

  /** Why new requests are refused now, or undefined while they are not. */
  get reason(): ShedReason | undefined {
    return this.#reason;
  }

  count(reason: ShedReason): void {
    this.#shed.inc({ reason });
  }

  #decide(): ShedReason | undefined {
    const { maxDelayMs, maxUtilization } = this.#limits;
    const isShedding = this.#reason !== undefined;
    const share = isShedding ? START_SHARE * HYSTERESIS : START_SHARE;
    const limitMs = isShedding ? maxDelayMs * HYSTERESIS : maxDelayMs;
    if (maxDelayMs > 0 && this.#monitor.blockedShare(limitMs) >= share) return 'event_loop_delay';

    const isBusy = maxUtilization > 0 && this.#monitor.last.utilization > (isShedding ? maxUtilization * STILL_BUSY : maxUtilization);
    const isWaiting = maxDelayMs === 0 || this.#monitor.blockedShare(limitMs * WAITING_PART) >= share;
    return isBusy && isWaiting ? 'event_loop_utilization' : undefined;
  }
}
