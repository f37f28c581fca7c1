/** One value of a metric. `name` differs from the family's for the parts of a histogram. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * A metric as it travels from a worker to the primary: counters and histograms as what was added since the last push,
 * gauges as they are.
 */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  /** How gauges of several workers become one: sum, min, max, average, first or omit (prom-client's names). */
  readonly aggregator: string;
  readonly samples: readonly Sample[];
}
