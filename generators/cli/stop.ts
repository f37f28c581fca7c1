/** What the process ends with. The numbers are a contract: scripts rely on them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  conflicts: 3,
  drift: 4,
  refused: 5,
  interrupted: 130,
} as const;

export type StopReason = Exclude<keyof typeof exitCodes, 'done' | 'conflicts' | 'drift'>;

/** Ends the run with an exit code and lines for the user. Not a fault of ours, so no stack is shown. */
export class Stop extends Error {
  readonly reason: StopReason;
  readonly lines: readonly string[];

  constructor(reason: StopReason, lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options);
    this.name = 'Stop';
    this.reason = reason;
    this.lines = lines;
  }
}
