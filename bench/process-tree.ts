import { readFileSync } from 'node:fs';
import { readProcesses, readRss } from '../test/chaos/harness/processes.js';
import type { ProcessEntry } from '../test/chaos/harness/processes.js';

/** A process and all that it started, and so on. */
export function processTree(root: number): ProcessEntry[] {
  const all = readProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const parent of tree) tree.push(...all.filter((entry) => entry.parent === parent.pid)); // grows as we go
  return tree;
}

/** CPU time of user and kernel of the whole tree so far, in ms; the clock behind it ticks each 10 ms. */
export const cpuMsOf = (root: number): number => processTree(root).reduce((sum, { cpuMs }) => sum + cpuMs, 0);

export interface Memory {
  readonly pid: number;
  readonly rssBytes: number;
  /** Shared pages counted in parts: the sum over processes is what they truly take. */
  readonly pssBytes: number;
}

/** Memory of each process of the tree, the root first. */
export const memoryOf = (root: number): Memory[] => processTree(root).map(({ pid }) => ({ pid, rssBytes: readRss(pid), pssBytes: readPss(pid) }));

function readPss(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it ended, or this kernel does not tell
  }
}
