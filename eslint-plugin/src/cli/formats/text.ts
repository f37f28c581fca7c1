import { costText, grouped, loadText } from '../groups.js';
import { printable } from '../printable.js';
import type { Report } from '../report.js';
import type { Formatter } from './format.js';

/** For people at a terminal: by how often each comes again. */
export const text: Formatter = ({ reports, unreadable, files, requestsPerSecond, goneCount = 0 }) => {
  const groups = grouped(reports).map(({ title, reports: members }) => [`${title} (${members.length})`, ...members.flatMap((report) => linesOf(report, requestsPerSecond)), ''].join('\n'));
  const faults = unreadable.map(({ file, line, message }) => `${printable(file)}:${line}  cannot be parsed: ${printable(message)}`);
  const gone = goneCount === 0 ? [] : [`${goneCount} of the baseline ${goneCount === 1 ? 'is' : 'are'} gone: write it anew by --baseline update.`];
  return `${[...groups, ...faults, ...gone, summary(reports, files.length)].join('\n')}\n`;
};

function linesOf(report: Report, requestsPerSecond: number | undefined): string[] {
  const { file, line, column, severity, rule, message } = report;
  const cost = costText(report);
  const load = requestsPerSecond === undefined ? undefined : loadText(report, requestsPerSecond);
  return [
    `  ${printable(file)}:${line}:${column}  ${severity}  hcnode/${rule}`,
    `    ${printable(message)}`,
    ...(cost === undefined ? [] : [`    Measured: ${cost}.`]),
    ...(load === undefined ? [] : [`    At this load: ${load}.`]),
  ];
}

function summary(reports: readonly Report[], fileCount: number): string {
  const errorCount = reports.filter(({ severity }) => severity === 'error').length;
  const files = counted(fileCount, 'file');
  if (reports.length === 0) return `Nothing to report in ${files}.`;
  return `${counted(reports.length, 'report')} (${counted(errorCount, 'error')}, ${counted(reports.length - errorCount, 'warning')}) in ${files}.`;
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
