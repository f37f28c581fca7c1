import { Counter, Gauge, Histogram, register } from 'prom-client';

import type { MetricDefinition } from './catalog.js';

type LabelOf<Definition extends MetricDefinition> = Definition['labels'][number];

/** Makes the prom-client counter of a catalogue entry. Your own metrics can be made the same way, or by prom-client as usual. */
export function counter<const Definition extends MetricDefinition & { type: 'counter' }>(definition: Definition): Counter<LabelOf<Definition>> {
  return new Counter({ ...common(definition), registers: [register] });
}

export function gauge<const Definition extends MetricDefinition & { type: 'gauge' }>(definition: Definition): Gauge<LabelOf<Definition>> {
  return new Gauge({ ...common(definition), registers: [register] });
}

export function histogram<const Definition extends MetricDefinition & { type: 'histogram' }>(definition: Definition): Histogram<LabelOf<Definition>> {
  return new Histogram({ ...common(definition), buckets: [...(definition.buckets ?? [])], registers: [register] });
}

function common<Definition extends MetricDefinition>({ name, help, labels }: Definition) {
  return { name, help, labelNames: [...labels] as LabelOf<Definition>[] };
}
