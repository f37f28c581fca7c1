import { parseArgs } from 'node:util';

import { UsageError } from './errors.js';

export const formats = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type Format = (typeof formats)[number];

const baselineModes = ['update', 'check'] as const;

export interface Arguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly requestsPerSecond?: number;
  readonly baseline?: (typeof baselineModes)[number];
  readonly baselineFile: string;
  /** A revision of git. */
  readonly since?: string;
  readonly ask?: 'help' | 'version';
}

export const help = `Usage: hcnode-lint [options] [path...]

Finds what leaks memory or blocks the event loop in Node.js servers, also where the way from a
request handler leads through several files. Uses the ESLint configuration of the project; without
one, or without rules of hcnode in it, the recommended ones. Paths are files, folders or globs;
without one, the current folder.

Options:
  --format FORMAT        ${formats.join(', ')} (default: text)
  --rps N                requests a second: adds what the reports cost at that load
  --baseline update      write the reports of today into the baseline, and end well
  --baseline check       report only what is not in the baseline
  --baseline-file FILE   default: hcnode-baseline.json
  --since REV            report only on lines that changed since a revision of git
  -h, --help             this text
  -v, --version          the version

Exit codes: 0 nothing to report, 1 reports or files that cannot be parsed, 2 wrong usage or no way to run.
`;

/**
 * Reads what was typed.
 *
 * @throws UsageError if it is not understood
 */
export function readArguments(typed: readonly string[]): Arguments {
  const { values, positionals } = parse(typed);
  const paths = positionals.length === 0 ? ['.'] : positionals;
  if (paths.some((path) => path === '' || path.includes('\0'))) throw new UsageError('A path is empty or holds a NUL byte.');
  const { since, rps, help: isHelp, version } = values;
  const baseline = values.baseline === undefined ? undefined : oneOf('--baseline', values.baseline, baselineModes);
  // A baseline of a part would forget the rest.
  if (baseline === 'update' && since !== undefined) throw new UsageError('--baseline update takes all reports, --since a part of them: use one of the two.');
  return {
    paths,
    format: oneOf('--format', values.format ?? 'text', formats),
    ...(rps !== undefined && { requestsPerSecond: positiveNumber('--rps', rps) }),
    ...(baseline !== undefined && { baseline }),
    baselineFile: fileName('--baseline-file', values['baseline-file'] ?? 'hcnode-baseline.json'),
    ...(since !== undefined && { since }),
    ...(isHelp === true ? { ask: 'help' } : version === true && { ask: 'version' }),
  };
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        rps: { type: 'string' },
        baseline: { type: 'string' },
        'baseline-file': { type: 'string' },
        since: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    // Node.js says what it does not understand, and how to pass a path that begins with a dash.
    throw new UsageError(`${(error as Error).message}\nSee hcnode-lint --help.`);
  }
}

function oneOf<Choice extends string>(option: string, given: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((name) => name === given);
  if (choice === undefined) throw new UsageError(`${option} must be one of ${choices.join(', ')}, got ${JSON.stringify(given)}.`);
  return choice;
}

function positiveNumber(option: string, given: string): number {
  const number = Number(given);
  if (!/^\d+(\.\d+)?$/.test(given) || number <= 0 || number > 1e9) throw new UsageError(`${option} must be a number above 0, got ${JSON.stringify(given)}.`);
  return number;
}

function fileName(option: string, given: string): string {
  if (given === '' || given.includes('\0')) throw new UsageError(`${option} must be the name of a file, got ${JSON.stringify(given)}.`);
  return given;
}
