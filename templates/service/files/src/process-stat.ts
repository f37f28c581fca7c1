import { readFileSync } from 'node:fs';

/** What the kernel says of a process's main thread. */
export interface ThreadStat {
  /** R running or waiting for a core, S sleeping, D in disk wait, T stopped, t held by a debugger, … */
  readonly state: string;
  readonly cpuMs: number;
}

/** The kernel counts CPU time in ticks of 1/100 s (USER_HZ) on every architecture that Node runs on. */
const TICK_MS = 10;

/** Reads /proc, see proc(5); undefined outside Linux and for a process that is gone. */
export function readMainThread(pid: number): ThreadStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8');
    // The name before it stands in brackets and may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return undefined;
  }
}
