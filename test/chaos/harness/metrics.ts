import { send } from './requests.js';
import { sleep } from './time.js';

/** One scrape: each series under its full name with labels, as it stands in the text. */
export type Samples = ReadonlyMap<string, number>;

/** Series of Prometheus text, by `name{labels}`. */
export function parseMetrics(text: string): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** Sum of the series of a metric whose labels hold all the given ones; 0 when there are none. */
export function valueOf(samples: Samples, name: string, labels: Readonly<Record<string, string>> = {}): number {
  let sum = 0;
  for (const [series, value] of samples) {
    if (series !== name && !series.startsWith(`${name}{`)) continue;
    if (Object.entries(labels).every(([label, wanted]) => series.includes(`${label}="${wanted}"`))) sum += value;
  }
  return sum;
}

/** @throws when the scrape fails. */
export async function scrape(adminPort: number): Promise<Samples> {
  const { kind, answer } = await send({ port: adminPort, path: '/metrics', timeoutMs: 10_000 });
  if (answer?.status !== 200) throw new Error(`scrape: ${kind}`);
  return parseMetrics(answer.body);
}

export interface ScrapeReport {
  readonly scrapes: number;
  readonly failed: readonly string[];
  /** Series that became smaller though they only ever grow, with both values. */
  readonly backwards: readonly string[];
  readonly durationsMs: readonly number[];
}

/** Scrapes again and again and compares each scrape with the one before. Returns how to stop. */
export function watchCounters(adminPort: number, everyMs: number): () => Promise<ScrapeReport> {
  const failed: string[] = [];
  const backwards: string[] = [];
  const durationsMs: number[] = [];
  let stopping = false;
  let scrapes = 0;
  let highest = new Map<string, number>();

  async function run(): Promise<void> {
    while (!stopping) {
      const { kind, answer, durationMs } = await send({ port: adminPort, path: '/metrics', timeoutMs: 10_000 });
      scrapes++;
      durationsMs.push(durationMs);
      if (answer?.status === 200) compare(answer.body);
      else failed.push(kind);
      await sleep(everyMs);
    }
  }

  function compare(text: string): void {
    const current = monotonic(text);
    for (const [series, before] of highest) {
      const now = current.get(series);
      if (now === undefined || now < before) backwards.push(`${series}: ${before} -> ${now ?? 'gone'}`);
    }
    highest = current;
  }

  const running = run();
  return async () => {
    stopping = true;
    await running;
    return { scrapes, failed, backwards, durationsMs };
  };
}

/** Counters and the parts of histograms, but not the counters of one process that may be replaced. */
function monotonic(text: string): Map<string, number> {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  const grows = (series: string): boolean => {
    const name = series.split('{')[0] ?? series;
    const type = types.get(name) ?? types.get(name.replace(/_(bucket|sum|count)$/, ''));
    return (type === 'counter' || type === 'histogram') && !/[{,]worker="/.test(series);
  };
  return new Map([...parseMetrics(text)].filter(([series]) => grows(series)));
}
