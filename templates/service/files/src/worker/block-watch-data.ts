/** Where the counters stand in the memory that the two threads share: turns of the main loop, blocks seen. */
export const TURNS = 0;
export const BLOCKS = 1;

/** What the watching thread is started with. In a file of its own, so that the thread loads nothing else. */
export interface BlockWatchData {
  readonly shared: Int32Array;
  readonly blockThresholdMs: number;
  readonly hangTimeoutMs: number;
  readonly slot: number;
  readonly parentPid: number;
}
