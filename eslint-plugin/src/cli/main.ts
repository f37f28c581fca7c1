import { resolve } from 'node:path';

import { version } from '../version.js';
import { help, readArguments, type Arguments } from './arguments.js';
import { compareWithBaseline, updateBaseline } from './baseline.js';
import { changedLines, isChanged } from './changed-lines.js';
import { UsageError } from './errors.js';
import { formatters } from './formats/index.js';
import type { Shown } from './formats/format.js';
import { lintProject } from './lint-project.js';
import { printable } from './printable.js';
import type { Terminal } from './progress.js';

/** What the command touches of its process. */
export interface Surroundings {
  readonly cwd: string;
  readonly stdout: { write: (text: string) => unknown };
  readonly stderr: Terminal;
}

const CLEAN = 0;
const REPORTS = 1;
const WRONG_USAGE = 2;

/**
 * The command hcnode-lint.
 *
 * @param typed what stands after the command
 * @returns the exit code: 0 nothing to report, 1 reports or files that cannot be parsed, 2 wrong usage or no way to run
 */
export async function main(typed: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const given = readArguments(typed);
    if (given.ask !== undefined) {
      surroundings.stdout.write(given.ask === 'help' ? help : `${version}\n`);
      return CLEAN;
    }
    return await run(given, surroundings);
  } catch (error) {
    // A fault of a configuration, a parser or ESLint's is told by its message too: its stack is of no use to who reads it.
    const message = error instanceof Error ? error.message : String(error);
    const lines = message.split('\n').map(printable).join('\n');
    surroundings.stderr.write(`hcnode-lint: ${lines}\n`);
    return WRONG_USAGE;
  }
}

async function run(given: Arguments, { cwd, stdout, stderr }: Surroundings): Promise<number> {
  const changed = given.since === undefined ? undefined : await changedLines(given.since, cwd);
  const found = await lintProject(given.paths, cwd, stderr);
  if (found.files.length === 0) throw new UsageError('There is no file to look at below these paths.');
  const baselinePath = resolve(cwd, given.baselineFile);
  if (given.baseline === 'update') {
    const count = updateBaseline(baselinePath, cwd, found);
    stderr.write(`${given.baselineFile} holds ${count} ${count === 1 ? 'report' : 'reports'} now.\n`);
    return CLEAN;
  }
  const compared = given.baseline === 'check' ? compareWithBaseline(baselinePath, found) : undefined;
  const candidates = compared?.fresh ?? found.reports;
  const reports = changed === undefined ? candidates : candidates.filter(({ file, line }) => isChanged(changed, file, line));
  const shown: Shown = {
    ...found,
    reports,
    ...(compared !== undefined && { goneCount: compared.goneCount }),
    ...(given.requestsPerSecond !== undefined && { requestsPerSecond: given.requestsPerSecond }),
  };
  stdout.write(formatters[given.format](shown));
  return reports.length > 0 || found.unreadable.length > 0 ? REPORTS : CLEAN;
}
