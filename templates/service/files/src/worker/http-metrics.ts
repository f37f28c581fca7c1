import { metrics } from '../metrics/catalog.js';
import type { Family, Sample } from '../metrics/family.js';

const STANDARD_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']);
const BUCKETS = metrics.httpRequestDuration.buckets;

/** One (method, route, status class) since the last push. */
interface Latency {
  readonly labels: Sample['labels'];
  /** One more than there are bounds: the last is what is above all. */
  readonly counts: number[];
  sumSeconds: number;
}

interface Count {
  readonly labels: Sample['labels'];
  value: number;
}

/**
 * Counts requests for the two metrics that every request touches. prom-client would do the same, but at a fifth of the cost
 * of a whole request; here it is two map look-ups, and what was counted leaves with the next push.
 */
export class HttpMetrics {
  #counts = new Map<string, Count>();
  #latencies = new Map<string, Latency>();

  observe(method: string, route: string, status: number, seconds: number): void {
    const verb = STANDARD_METHODS.has(method) ? method : 'OTHER';
    const countKey = `${verb} ${status} ${route}`;
    const count = this.#counts.get(countKey);
    if (count) count.value++;
    else this.#counts.set(countKey, { labels: { method: verb, route, status: String(status) }, value: 1 });

    const statusClass = `${Math.floor(status / 100)}xx`;
    const latencyKey = `${verb} ${statusClass} ${route}`;
    let latency = this.#latencies.get(latencyKey);
    if (!latency) {
      const labels = { method: verb, route, status_class: statusClass };
      this.#latencies.set(latencyKey, (latency = { labels, counts: new Array<number>(BUCKETS.length + 1).fill(0), sumSeconds: 0 }));
    }
    const bucket = bucketOf(seconds);
    latency.counts[bucket] = (latency.counts[bucket] ?? 0) + 1;
    latency.sumSeconds += seconds;
  }

  /** What was counted since the last call. */
  take(): Family[] {
    const counts = [...this.#counts.values()].map(({ labels, value }): Sample => ({ name: metrics.httpRequests.name, labels, value }));
    const latencies = [...this.#latencies.values()].flatMap(histogramSamples);
    this.#counts = new Map();
    this.#latencies = new Map();
    return [
      { ...metrics.httpRequests, aggregator: 'sum', samples: counts },
      { ...metrics.httpRequestDuration, aggregator: 'sum', samples: latencies },
    ];
  }
}

function bucketOf(seconds: number): number {
  const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
  return bucket === -1 ? BUCKETS.length : bucket;
}

/** Cumulative, as Prometheus has them; a label set's buckets all come, since a missing one could not be told from a zero. */
function histogramSamples({ labels, counts, sumSeconds }: Latency): Sample[] {
  const { name } = metrics.httpRequestDuration;
  let total = 0;
  const buckets = counts.map((count, index): Sample => {
    total += count;
    return { name: `${name}_bucket`, labels: { ...labels, le: BUCKETS[index] ?? '+Inf' }, value: total };
  });
  return [...buckets, { name: `${name}_sum`, labels, value: sumSeconds }, { name: `${name}_count`, labels, value: total }];
}
