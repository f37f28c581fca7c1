import { spawn } from 'node:child_process';

import type { Supervisor } from './supervisor.js';

/** A worker heard within this time keeps systemd's watchdog content. */
const HEARD_WITHIN_MS = 10_000;
const MICROSECONDS_PER_MS = 1000;

/**
 * Tells systemd how the service is (sd_notify), when it asks by NOTIFY_SOCKET. Node cannot write to datagram sockets of the
 * UNIX family, so systemd's own program does; the unit needs NotifyAccess=all for that.
 */
export function notifySystemd(...states: readonly string[]): void {
  if (!process.env['NOTIFY_SOCKET']) return;
  const child = spawn('systemd-notify', [`--pid=${process.pid}`, ...states], { stdio: 'ignore' });
  // Without systemd's tools nobody can be told; the service runs all the same.
  child.on('error', () => {});
}

/** RELOADING=1 must say when, on the clock that systemd uses. */
export const reloadingState = (): readonly string[] => ['RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`];

/**
 * Feeds systemd's watchdog at half its interval, as long as any worker is alive to the primary.
 * @returns how to stop it
 */
export function startSystemdWatchdog(supervisor: Supervisor): () => void {
  const intervalMs = Number(process.env['WATCHDOG_USEC'] ?? 0) / MICROSECONDS_PER_MS / 2;
  if (!(intervalMs > 0)) return () => {};
  const timer = setInterval(() => {
    const isAlive = supervisor.records.some(({ heardAtMs }) => performance.now() - heardAtMs < HEARD_WITHIN_MS);
    if (isAlive || supervisor.isStopping()) notifySystemd('WATCHDOG=1');
  }, intervalMs);
  return () => { clearInterval(timer); };
}
