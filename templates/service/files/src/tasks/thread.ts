import os from 'node:os';

import { type TaskName, tasks } from './tasks.js';

/** Below the event loops, which have the default of 0: they must answer while CPU work goes on. On Linux it is for this thread alone. */
const NICENESS = 10;

export interface ThreadCall {
  readonly task: TaskName;
  readonly input: unknown;
}

export interface ThreadAnswer {
  readonly result: unknown;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

if (process.platform === 'linux') os.setPriority(NICENESS);

/** Milliseconds on a clock that all threads of the process share. */
const sharedNow = (): number => performance.timeOrigin + performance.now();

/** What each thread of the pool runs for a task. */
export default async function run({ task, input }: ThreadCall): Promise<ThreadAnswer> {
  const startedAtMs = sharedNow();
  // The table's types are checked where runTask() is called; here the input is what came through the channel.
  const perform = tasks[task] as (value: unknown) => unknown;
  const result = await perform(input);
  return { result, startedAtMs, endedAtMs: sharedNow() };
}
