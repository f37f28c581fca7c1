import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

import type { Family, Sample } from './family.js';

/** Never exported: prom-client measures its own scrape with it, not the event loop. */
const MISLEADING = new Set(['nodejs_eventloop_lag_seconds']);

/** Reads a registry again and again, and tells each time what counters and histograms have gained since. */
export class DeltaCollector {
  readonly #registry: Registry;
  readonly #told = new Map<string, number>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async collect(): Promise<Family[]> {
    const metrics = await this.#registry.getMetricsAsJSON();
    return metrics.filter(({ name }) => !MISLEADING.has(name)).map((metric) => this.#family(metric));
  }

  #family(metric: MetricObjectWithValues<MetricValue<string>>): Family {
    const { name, help, aggregator } = metric;
    // prom-client types the enum as numbers, but hands out these strings.
    const type = String(metric.type) as Family['type'];
    const samples = metric.values.map(
      (value): Sample => ({
        name: 'metricName' in value ? String(value.metricName) : name,
        labels: labelsOf(value.labels),
        value: value.value,
      }),
    );
    return { name, help, type, aggregator, samples: type === 'gauge' ? samples : samples.flatMap((sample) => this.#gain(sample)) };
  }

  /** A new series is told even at zero: an alert on its increase must see where it began. */
  #gain(sample: Sample): Sample[] {
    const key = `${sample.name}${JSON.stringify(sample.labels)}`;
    const before = this.#told.get(key);
    this.#told.set(key, sample.value);
    if (before === sample.value) return [];
    return [{ ...sample, value: sample.value - (before ?? 0) }];
  }
}

function labelsOf(labels: Partial<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}
