/** An alert, and what its reader should do. Texts may use Prometheus' `{{ $labels.x }}` and `{{ $value }}`. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long it must hold; Prometheus' durations. */
  readonly for?: string;
  readonly severity: 'critical' | 'warning' | 'none';
  readonly labels?: Readonly<Record<string, string>>;
  /** One line, with the figures. */
  readonly summary: string;
  /** What it means. Several alerts of one name share it in the runbook, so it holds no figures of one of them. */
  readonly meaning: string;
  /** What to do, first things first; for the runbook, in Markdown. */
  readonly actions: readonly string[];
}

/** The section of an alert in docs/runbook.md, as a link from the root of the project. */
export const runbookLink = (name: string): string => `docs/runbook.md#${name.toLowerCase()}`;

/** As Prometheus reads it. */
export const alertRule = ({ name, expr, for: holds, severity, labels, summary, meaning }: Alert) => ({
  alert: name,
  expr,
  ...(holds === undefined ? {} : { for: holds }),
  labels: { severity, ...labels },
  annotations: { summary, description: meaning, runbook_url: runbookLink(name) },
});
