import { grouped } from '../groups.js';
import type { Formatter } from './format.js';

/** Workflow commands: GitHub Actions shows them beside the lines of a pull request. */
export const github: Formatter = ({ reports, unreadable }) => {
  const annotations = grouped(reports).flatMap(({ title, reports: members }) =>
    members.map(({ severity, file, line, column, endLine, rule, message }) =>
      command(severity, { file, line, ...(endLine !== undefined && { endLine }), col: column, title: `hcnode/${rule} (${title.toLowerCase()})` }, message)),
  );
  const faults = unreadable.map(({ file, line, message }) => command('error', { file, line, title: 'cannot be parsed' }, message));
  return [...annotations, ...faults].map((line) => `${line}\n`).join('');
};

function command(kind: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${kind} ${written.join(',')}::${escaped(message)}`;
}

/** A line feed would begin another command. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
