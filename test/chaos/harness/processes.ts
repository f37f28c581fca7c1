import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** One letter: R running, S sleeping, T stopped, Z a zombie. */
  readonly state: string;
  readonly cpuMs: number;
}

/** USER_HZ is 100 on every Linux that Node.js runs on. */
const MS_PER_TICK = 10;

/** Every process on this machine that can be read. */
export function readProcesses(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

/** One process, or undefined when there is none of that id. */
export function readProcess(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // it ended between the listing and the reading
  }
  // The name in parentheses may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    state: fields[0] ?? '?',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
  };
}

/** Children of a process that have not ended; a killed one that its parent has yet to reap is not counted. */
export const liveChildren = (parent: number): number[] =>
  readProcesses()
    .filter((entry) => entry.parent === parent && isAlive(entry))
    .map(({ pid }) => pid);

/** Members of a process group that have not ended, whoever their parent is by now. */
export const liveMembers = (group: number): number[] =>
  readProcesses()
    .filter((entry) => entry.group === group && isAlive(entry))
    .map(({ pid }) => pid);

/** Resident memory in bytes, or 0 when the process is gone. */
export function readRss(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it ended
  }
}

const isAlive = ({ state }: ProcessEntry): boolean => state !== 'Z' && state !== 'X';
