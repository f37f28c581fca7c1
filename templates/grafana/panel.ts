/** What a panel shows, before Grafana's form of it. */
export interface Panel {
  readonly title: string;
  /** For the reader who sees it for the first time: what it is, and what is normal. */
  readonly about: string;
  readonly kind: 'timeseries' | 'stat' | 'heatmap' | 'table';
  /** Grafana's name of a unit, such as s, bytes, percentunit, reqps. */
  readonly unit: string;
  /** PromQL by legend; the legend may hold `{{label}}`. */
  readonly queries: Readonly<Record<string, string>>;
  /** Colours from a value on, in order; the first has none. */
  readonly thresholds?: readonly (readonly [colour: string, from: number | null])[];
  /** Default: 0, except for those that may be negative. */
  readonly min?: number | null;
  readonly max?: number;
  readonly isStacked?: boolean;
  /** Of a table whose queries become columns: the unit of each, by its legend. Rows are what the queries have in common. */
  readonly columnUnits?: Readonly<Record<string, string>>;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}
