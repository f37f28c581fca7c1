import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

import type { Family, Sample } from './family.js';

/** prom-client's own figures of the event loop: they measure the scrape, or need a timer that wakes the process 100 times a second. */
const EVENT_LOOP_LAG = /^nodejs_eventloop_lag_/;

/** For collectDefaultMetrics(), ms: that timer hardly runs. hcnode_event_loop_delay_seconds tells what its metrics would. */
export const LAG_PRECISION_MS = 60_000;

/** Reads a registry again and again, and tells each time what counters and histograms have gained since. */
export class DeltaCollector {
  readonly #registry: Registry;
  readonly #told = new Map<string, number>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async collect(): Promise<Family[]> {
    const metrics = await this.#registry.getMetricsAsJSON();
    return metrics.filter(({ name }) => !EVENT_LOOP_LAG.test(name)).map((metric) => this.#family(metric));
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
