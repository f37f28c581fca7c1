/** A firing alert, as promtool should see it. */
export interface Firing {
  /** Labels that come from the expression. Those that the rule adds are added. */
  readonly labels: Readonly<Record<string, string>>;
  /** The text of `{{ $value }}` in the summary, formatted as the summary asks for. */
  readonly shows?: string;
}

/** What an alert does at a time, given some series. */
export interface Case {
  /** A sentence that can be false. */
  readonly name: string;
  /** Seconds or minutes between two values of a series, as Prometheus' duration. Default: 1m */
  readonly interval?: string;
  /** Values in promtool's notation, such as `0+60x30`: from 0, 30 times 60 more. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly alert: string;
  /** None: it must be silent. */
  readonly firing: readonly Firing[];
}

/** The one instance that the cases are about. */
export const INSTANCE = '10.0.0.1:9464';
