import { costText, grouped, loadText } from '../groups.js';
import { printable } from '../printable.js';
import type { Report } from '../report.js';
import type { Formatter } from './format.js';

/** For a comment on a pull request. */
export const markdown: Formatter = ({ reports, unreadable, files, requestsPerSecond, goneCount = 0 }) => {
  const sections = grouped(reports).map(({ title, reports: members }) =>
    [`### ${title} (${members.length})`, '', '| Where | Rule | What | Cost |', '| --- | --- | --- | --- |', ...members.map((report) => row(report, requestsPerSecond)), ''].join('\n'),
  );
  const faults = unreadable.length === 0 ? [] : [['### Cannot be parsed', '', ...unreadable.map(({ file, line, message }) => `- ${cell(`${file}:${line}`)}: ${cell(message)}`), ''].join('\n')];
  const gone = goneCount === 0 ? [] : [`${goneCount} of the baseline gone.\n`];
  const heading = `## hcnode-lint: ${reports.length === 0 ? 'nothing to report' : `${reports.length} to look at`} (${files.length} files)\n`;
  return [heading, ...sections, ...faults, ...gone].join('\n');
};

function row(report: Report, requestsPerSecond: number | undefined): string {
  const cost = [costText(report), requestsPerSecond === undefined ? undefined : loadText(report, requestsPerSecond)].filter((text) => text !== undefined).join('; ');
  return `| ${cell(`${report.file}:${report.line}`)} | ${cell(`hcnode/${report.rule}`)} | ${cell(report.message)} | ${cell(cost)} |`;
}

/** Code under review may hold anything; in a comment it must stay text. */
function cell(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>#|@!&~]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
