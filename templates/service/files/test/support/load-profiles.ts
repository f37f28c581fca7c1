/** What a phase may cost before the run counts as failed. Change them to what your users are promised. */
export interface Budget {
  /** One request in a hundred may take longer. */
  readonly p99Ms: number;
  /** Share (0 to 1) of requests that may be refused with 503, which is how the service protects itself. */
  readonly refusedShare: number;
  /** Share of requests that may fail in any other way. */
  readonly failedShare: number;
}

export interface Phase {
  readonly name: string;
  readonly connections: number;
  readonly seconds: number;
  readonly budget: Budget;
}

export interface Profile {
  readonly phases: readonly Phase[];
  /** Memory of all processes after the last phase, as a multiple of that after the first. */
  readonly maxMemoryGrowth?: number;
}

/** What came of a phase. */
export interface Measured {
  readonly requests: number;
  readonly p99Ms: number;
  readonly refused: number;
  readonly failed: number;
}

const usual: Budget = { p99Ms: 500, refusedShare: 0.01, failedShare: 0 };

export const profiles = {
  /** The usual load, for half a minute. */
  steady: { phases: [{ name: 'steady', connections: 50, seconds: 30, budget: usual }] },
  /** Ten times as many clients at once: they may be refused, but not failed, and afterwards all is as before. */
  spike: {
    phases: [
      { name: 'calm', connections: 50, seconds: 10, budget: usual },
      { name: 'spike', connections: 500, seconds: 10, budget: { p99Ms: 5000, refusedShare: 1, failedShare: 0 } },
      { name: 'calm again', connections: 50, seconds: 10, budget: { ...usual, refusedShare: 0.1 } },
    ],
  },
  /** Half an hour, for leaks: caches fill in the first phase. */
  soak: {
    phases: [
      { name: 'warm-up', connections: 20, seconds: 120, budget: usual },
      { name: 'soak', connections: 20, seconds: 1680, budget: usual },
    ],
    maxMemoryGrowth: 1.3,
  },
} as const satisfies Record<string, Profile>;

/** What of a budget was exceeded, each as a line for people; nothing, when all is well. */
export function faultsOf({ name, budget }: Pick<Phase, 'name' | 'budget'>, { requests, p99Ms, refused, failed }: Measured): string[] {
  if (requests === 0) return [`${name}: no request was answered`];
  return [
    ...(p99Ms > budget.p99Ms ? [`${name}: p99 is ${p99Ms} ms, at most ${budget.p99Ms} are allowed`] : []),
    ...(refused / requests > budget.refusedShare ? [`${name}: ${percent(refused / requests)} were refused with 503, at most ${percent(budget.refusedShare)} are allowed`] : []),
    ...(failed / requests > budget.failedShare ? [`${name}: ${percent(failed / requests)} failed (${failed}), at most ${percent(budget.failedShare)} are allowed`] : []),
  ];
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
