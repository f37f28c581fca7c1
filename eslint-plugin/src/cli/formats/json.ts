import { loadText } from '../groups.js';
import type { Formatter } from './format.js';

const VERSION = 1;

/** For programs. `version` changes when a member is taken away or means something else. */
export const json: Formatter = ({ reports, unreadable, files, requestsPerSecond, goneCount }) => {
  const shown = {
    version: VERSION,
    reports: reports.map((report) => ({ ...report, ...(requestsPerSecond !== undefined && { load: loadText(report, requestsPerSecond) }) })),
    unreadable,
    summary: { files: files.length, reports: reports.length, errors: reports.filter(({ severity }) => severity === 'error').length, ...(goneCount !== undefined && { goneFromBaseline: goneCount }) },
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
};
