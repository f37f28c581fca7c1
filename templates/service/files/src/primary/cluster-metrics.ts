import type { Family, Sample } from '../metrics/family.js';

/** Above so many label sets of one metric, new ones are dropped and counted: an endless label would fill the memory. */
const MAX_LABEL_SETS = 1000;

/** A series, its text up to the value made once: a scrape of thousands then costs little more than writing numbers. */
interface Series {
  readonly prefix: string;
  value: number;
}

interface Total {
  readonly name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly series: Map<string, Series>;
  readonly labelSets: Set<string>;
}

/** Whose samples these are: the key names the process, the label is its slot, which a replacement takes over. */
export interface Source {
  readonly key: string;
  readonly worker: string;
}

/**
 * The metrics of the whole cluster. Workers push what their counters gained; it is added here and stays when the worker
 * dies, so that no counter ever goes backwards, and a scrape asks nobody, so that no silent worker can delay it.
 */
export class ClusterMetrics {
  readonly #totals = new Map<string, Total>();
  readonly #gauges = new Map<string, { worker: string; families: Map<string, Family> }>();
  readonly #onDropped: (metric: string) => void;

  constructor(onDropped: (metric: string) => void) {
    this.#onDropped = onDropped;
  }

  add(source: Source, families: readonly Family[]): void {
    for (const family of families) {
      if (family.type === 'gauge') {
        this.#gaugesOf(source).set(family.name, family);
      } else {
        this.#addGains(source, family);
      }
    }
  }

  /** The worker is gone: its gauges mean nothing any more. */
  forget(key: string): void {
    this.#gauges.delete(key);
  }

  /**
   * Prometheus' text format.
   * @param isHeard whether the gauges of a process are fresh; others are left out
   */
  render(isHeard: (key: string) => boolean): string {
    const counted = [...this.#totals.values()].map((total) => header(total) + [...total.series.values()].map(line).join(''));
    return [...counted, ...this.#renderGauges(isHeard)].join('');
  }

  #gaugesOf({ key, worker }: Source): Map<string, Family> {
    let gauges = this.#gauges.get(key);
    if (!gauges) this.#gauges.set(key, (gauges = { worker, families: new Map() }));
    return gauges.families;
  }

  #addGains({ worker }: Source, family: Family): void {
    let total = this.#totals.get(family.name);
    if (!total) this.#totals.set(family.name, (total = { ...family, series: new Map(), labelSets: new Set() }));
    for (const sample of family.samples) {
      const labels = isPerProcess(family.name) ? { ...sample.labels, worker } : sample.labels;
      const prefix = prefixOf(sample.name, labels);
      const series = total.series.get(prefix);
      if (series) {
        series.value += sample.value;
      } else if (hasRoom(total, labels)) {
        total.series.set(prefix, { prefix, value: sample.value });
      } else {
        this.#onDropped(family.name);
      }
    }
  }

  #renderGauges(isHeard: (key: string) => boolean): string[] {
    const byName = new Map<string, { family: Family; samples: { sample: Sample; worker: string }[] }>();
    for (const [key, { worker, families }] of this.#gauges) {
      if (!isHeard(key)) continue;
      for (const family of families.values()) {
        let gauge = byName.get(family.name);
        if (!gauge) byName.set(family.name, (gauge = { family, samples: [] }));
        gauge.samples.push(...family.samples.map((sample) => ({ sample, worker })));
      }
    }
    return [...byName.values()].map(({ family, samples }) => header(family) + gaugeSeries(family, samples).map(line).join(''));
  }
}

/** What describes one process is labelled with its slot; what counts work is summed over all. */
function isPerProcess(name: string): boolean {
  return name.startsWith('process_') || name.startsWith('nodejs_');
}

function hasRoom({ labelSets }: Total, labels: Sample['labels']): boolean {
  const set = JSON.stringify({ ...labels, le: undefined, quantile: undefined });
  if (labelSets.has(set)) return true;
  if (labelSets.size >= MAX_LABEL_SETS) return false;
  labelSets.add(set);
  return true;
}

function gaugeSeries({ name, aggregator }: Family, samples: readonly { sample: Sample; worker: string }[]): Series[] {
  if (isPerProcess(name)) {
    return samples.map(({ sample, worker }) => ({ prefix: prefixOf(sample.name, { ...sample.labels, worker }), value: sample.value }));
  }
  const values = new Map<string, number[]>();
  for (const { sample } of samples) {
    const prefix = prefixOf(sample.name, sample.labels);
    values.set(prefix, [...(values.get(prefix) ?? []), sample.value]);
  }
  const merge = mergers[aggregator] ?? sum;
  return aggregator === 'omit' ? [] : [...values].map(([prefix, each]) => ({ prefix, value: merge(each) }));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const mergers: Readonly<Record<string, (values: readonly number[]) => number>> = {
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  average: (values) => sum(values) / values.length,
  first: ([value]) => value ?? Number.NaN,
};

const header = ({ name, help, type }: { name: string; help: string; type: string }): string =>
  `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;

const line = ({ prefix, value }: Series): string => `${prefix} ${numberText(value)}\n`;

function prefixOf(name: string, labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(String(value))}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

const escapeLabel = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
