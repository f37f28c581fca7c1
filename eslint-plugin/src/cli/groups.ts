import type { Report } from './report.js';

export interface Group {
  readonly title: string;
  readonly reports: readonly Report[];
}

/** How often each kind of report comes again, the most often first. */
const titles: readonly (readonly [per: string, title: string])[] = [
  ['request', 'Per request'],
  ['message', 'Per message'],
  ['connection', 'Per connection'],
  ['job', 'Per job'],
  ['instance', 'Per instance of a class'],
  ['call', 'Per call'],
  ['process', 'Once a process'],
];

const SECONDS_PER_DAY = 86_400;
/** At this load the event loop does nothing else. */
const MS_PER_SECOND = 1000;

/** The reports by what makes another one of them; what is not known comes last. */
export function grouped(reports: readonly Report[]): readonly Group[] {
  const known = titles.map(([per, title]) => ({ title, reports: reports.filter((report) => report.per === per) }));
  const names = new Set(titles.map(([per]) => per));
  const others = { title: 'Others', reports: reports.filter(({ per }) => per === undefined || !names.has(per)) };
  return [...known, others].filter((group) => group.reports.length > 0);
}

/** What one more request, message, … costs, as measured. `undefined` if it was not. */
export function costText({ costMs, costBytes }: Report): string | undefined {
  const parts = [costMs !== undefined && `${numberText(costMs)} ms of CPU`, costBytes !== undefined && `${bytesText(costBytes)} kept`];
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? undefined : `${said.join(', ')} each`;
}

/**
 * What a report costs at a load, for those that come with every request.
 *
 * @param requestsPerSecond as the user says
 */
export function loadText(report: Report, requestsPerSecond: number): string | undefined {
  if (report.per !== 'request') return undefined;
  const { costMs, costBytes } = report;
  const parts = [
    costMs !== undefined && blockingText(costMs, requestsPerSecond),
    costBytes !== undefined && `${bytesText(costBytes)} x ${requestsPerSecond}/s = ${bytesText(costBytes * requestsPerSecond * SECONDS_PER_DAY)} a day, if nothing frees it`,
  ];
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? undefined : said.join('; ');
}

function blockingText(costMs: number, requestsPerSecond: number): string {
  const share = (costMs * requestsPerSecond) / MS_PER_SECOND;
  const busy = `${numberText(costMs)} ms x ${requestsPerSecond}/s blocks ${numberText(share * 100)} % of the time`;
  return share < 1 ? busy : `${busy}: one process manages ${numberText(MS_PER_SECOND / costMs)} requests a second at most`;
}

function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${numberText(bytes / 1000 ** power)} ${units[power] ?? ''}`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(3)));
}
