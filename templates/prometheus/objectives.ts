import type { Project } from '../project.js';
import type { metrics } from '../service/files/src/metrics/catalog.js';

/** A bound of the latency histogram. One below 1 s reads the same in Prometheus 2 and 3, which writes `le="1"` as `le="1.0"`. */
type LatencyBound = Exclude<(typeof metrics.httpRequestDuration.buckets)[number], 1 | 5 | 10>;

/** What users are promised over 30 days. */
export interface Objectives {
  /** Share (0 to 1) of the requests that may fail. */
  readonly errorBudget: number;
  /** Share of the requests, failed ones aside, that may take longer than slowSeconds. */
  readonly slowBudget: number;
  readonly slowSeconds: LatencyBound;
}

const bounds = { '0.05': 0.05, '0.1': 0.1, '0.25': 0.25, '0.5': 0.5, '2.5': 2.5 } as const satisfies Record<Project['sloLatencySeconds'], LatencyBound>;

/** The objectives that were answered, as what they leave to burn. */
export const objectivesOf = ({ sloAvailability, sloLatency, sloLatencySeconds }: Pick<Project, 'sloAvailability' | 'sloLatency' | 'sloLatencySeconds'>): Objectives => ({
  errorBudget: budget(sloAvailability),
  slowBudget: budget(sloLatency),
  slowSeconds: bounds[sloLatencySeconds],
});

/** Used where nothing was answered: the defaults of the questions. */
export const usualObjectives = objectivesOf({ sloAvailability: '99.9', sloLatency: '99', sloLatencySeconds: '0.5' });

/** @param share 0 to 1 */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;

/** 100 - 99.95 is 0.0499... in binary; six digits are more than an objective has. */
function budget(percentage: string): number {
  return Number(((100 - Number(percentage)) / 100).toFixed(6));
}
