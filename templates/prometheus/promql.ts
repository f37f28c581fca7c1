import type { MetricDefinition } from '../service/files/src/metrics/catalog.js';

type Counted = MetricDefinition & { type: 'counter' | 'gauge' };
type Histogram = MetricDefinition & { type: 'histogram' };
type Matchers<Label extends string> = Partial<Record<Label, `${'=' | '!=' | '=~' | '!~'}"${string}"`>>;
type LabelOf<Definition extends MetricDefinition> = Definition['labels'][number];

/** What Prometheus itself records of each scrape. */
export const scrapeMetrics = {
  up: { name: 'up', type: 'gauge', labels: [], help: '1 when the last scrape succeeded' },
} as const satisfies Record<string, MetricDefinition>;

/**
 * Selectors for the series of one service. They take metrics of the catalogue, so that a wrong name or label does not compile,
 * and a histogram can be had only by its parts.
 * @param fixed labels that every selector has, with their value: at least the job
 * @param instances a regular expression for the instances; without one, all
 */
export function selectors(fixed: Readonly<Record<string, string>>, instances?: string) {
  const select = (name: string, matchers: Readonly<Record<string, string | undefined>> = {}): string => {
    const common = [...Object.entries(fixed).map(([label, value]) => `${label}="${value}"`), ...(instances === undefined ? [] : [`instance=~"${instances}"`])];
    const all = [...common, ...Object.entries(matchers).map(([label, matcher]) => label + (matcher ?? ''))];
    return `${name}{${all.join(', ')}}`;
  };
  return {
    series: <const Definition extends Counted>({ name }: Definition, matchers?: Matchers<LabelOf<Definition>>) => select(name, matchers),
    bucket: <const Definition extends Histogram>({ name }: Definition, matchers?: Matchers<LabelOf<Definition> | 'le'>) => select(`${name}_bucket`, matchers),
    sum: <const Definition extends Histogram>({ name }: Definition, matchers?: Matchers<LabelOf<Definition>>) => select(`${name}_sum`, matchers),
    count: <const Definition extends Histogram>({ name }: Definition, matchers?: Matchers<LabelOf<Definition>>) => select(`${name}_count`, matchers),
  };
}

export type Selectors = ReturnType<typeof selectors>;
