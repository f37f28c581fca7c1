import { writeSync } from 'node:fs';
import { type Debugger, Session, url as inspectorUrl } from 'node:inspector';
import { workerData } from 'node:worker_threads';

import { readMainThread, type ThreadStat } from '../process-stat.js';
import { BLOCKS, type BlockWatchData, TURNS } from './block-watch-data.js';

const TICK_MS = 50;
/** When this thread itself came so late, the machine was paused: it saw nothing of the main thread. */
const PAUSED_AFTER_MS = 1000;
/** At this part of the hang timeout the stack is written again: the primary is about to kill the process. */
const LAST_WORDS = 0.8;
/** Stacks of ordinary blocks come at most so often: taking one costs the blocked loop a few milliseconds more. */
const STACK_EVERY_MS = 10_000;
/** A blocked worker whose primary is gone is of no use to anybody. */
const ORPHAN_AFTER_MS = 3000;
const MAX_FRAMES = 12;
/** A main thread that wants to run and got less of the CPU than this is starved by others: it blocks nothing. */
const RAN_SHARE = 0.4;

const { shared, blockThresholdMs, hangTimeoutMs, slot, parentPid } = workerData as BlockWatchData; // As block-watch.ts passes it.

let turns = -1;
let turnedAtMs = performance.now();
let tickedAtMs = turnedAtMs;
let stackAtMs = Number.NEGATIVE_INFINITY;
/** Where the main thread's CPU time stood early in this silence. */
let early: { readonly atMs: number; readonly thread: ThreadStat } | undefined;
let isBlocked = false;
let hasLastWords = false;

setInterval(() => {
  const nowMs = performance.now();
  const wasPaused = nowMs - tickedAtMs > PAUSED_AFTER_MS;
  tickedAtMs = nowMs;
  const seen = Atomics.load(shared, TURNS);
  if (seen !== turns || wasPaused) {
    if (isBlocked) report('event loop was blocked', { blockedMs: Math.round(nowMs - turnedAtMs) });
    turns = seen;
    turnedAtMs = nowMs;
    early = undefined;
    isBlocked = false;
    hasLastWords = false;
    return;
  }
  onSilence(nowMs - turnedAtMs);
}, TICK_MS);

function onSilence(blockedMs: number): void {
  if (!early && blockedMs >= blockThresholdMs / 2) {
    const thread = readMainThread(process.pid);
    if (thread) early = { atMs: performance.now(), thread };
  }
  if (process.ppid !== parentPid && blockedMs > ORPHAN_AFTER_MS) process.kill(process.pid, 'SIGKILL');
  if (blockThresholdMs > 0 && !isBlocked && blockedMs >= blockThresholdMs && !isStarved()) {
    isBlocked = true;
    Atomics.add(shared, BLOCKS, 1);
    if (performance.now() - stackAtMs >= STACK_EVERY_MS) writeStack('event loop blocked');
  }
  if (!hasLastWords && blockedMs >= LAST_WORDS * hangTimeoutMs) {
    hasLastWords = true;
    writeStack('event loop hangs');
  }
}

function isStarved(): boolean {
  const thread = readMainThread(process.pid);
  if (!thread || !early) return false;
  const ranShare = (thread.cpuMs - early.thread.cpuMs) / Math.max(1, performance.now() - early.atMs);
  return thread.state === 'R' && ranShare < RAN_SHARE;
}

/** Stops the main thread for a moment through V8's debugger and reads where it is; works for running JavaScript only. */
function writeStack(message: string): void {
  if (inspectorUrl() !== undefined) return; // Somebody is debugging: leave their session alone.
  stackAtMs = performance.now();
  const blockedMs = Math.round(stackAtMs - turnedAtMs);
  const session = new Session();
  session.connectToMainThread();
  const files = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => { files.set(params.scriptId, params.url); });
  session.once('Debugger.paused', ({ params }) => {
    report(message, { blockedMs, stack: params.callFrames.slice(0, MAX_FRAMES).map((frame) => describe(frame, files)) });
    session.post('Debugger.resume');
    session.post('Debugger.disable');
    setTimeout(() => { session.disconnect(); }, TICK_MS);
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

function describe({ functionName, location, url }: Debugger.CallFrame, files: ReadonlyMap<string, string>): string {
  const file = (url || files.get(location.scriptId) || 'unknown').replace('file://', '');
  return `${functionName || '(anonymous)'} ${file}:${location.lineNumber + 1}`;
}

/** The logger's thread is the blocked one, so the line is written as it would write it. */
function report(message: string, details: object): void {
  const line = { level: 'warn', time: Date.now(), role: 'worker', worker: slot, pid: process.pid, ...details, msg: message };
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
  } catch {
    // A full pipe: a lost line is better than a second blocked thread.
  }
}
