import { liveChildren } from './processes.js';

export interface Forks {
  /** Every child seen alive, in the order of appearance. */
  readonly seen: readonly number[];
  /** Those that were not there when watching began. */
  readonly born: readonly number[];
  /** The most children alive at one time. */
  readonly mostAtOnce: number;
}

/** A process of Node.js lives for longer than this even when it fails at once. */
const SAMPLE_EVERY_MS = 15;

/** Samples the children of a process. Returns how to stop, which tells what was seen. */
export function watchForks(parent: number): () => Forks {
  const before = new Set(liveChildren(parent));
  const seen = new Set(before);
  let mostAtOnce = before.size;
  const sample = () => {
    const children = liveChildren(parent);
    for (const pid of children) seen.add(pid);
    mostAtOnce = Math.max(mostAtOnce, children.length);
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    sample();
    return { seen: [...seen], born: [...seen].filter((pid) => !before.has(pid)), mostAtOnce };
  };
}
