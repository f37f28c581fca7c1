import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { readAnswersFile } from '../answers/answers-file.js';
import type { RawAnswers } from '../answers/answers.js';
import { readVersion } from '../version.js';
import { findCommand } from './commands.js';
import { interruptible } from './interruption.js';
import { parseArguments, type Arguments } from './parse-arguments.js';
import { hasPerson } from './person.js';
import { reportCreated, reportStep, reportStop } from './report.js';
import { exitCodes, Stop } from './stop.js';
import { stopForSwallowedFlags } from './swallowed-flags.js';

/**
 * Runs a command line and returns the exit code. The rest of the program is loaded when it is needed:
 * --help, --version and mistakes are answered before.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const isJson = argv.includes('--json');
  try {
    return await run(parseArguments(argv));
  } catch (error) {
    return reportStop(toStop(error), { isJson });
  }
}

async function run(parsed: Arguments): Promise<number> {
  const { flags } = parsed;
  if (flags.help === true) {
    const { helpText } = await import('./help.js');
    process.stdout.write(helpText());
    return exitCodes.done;
  }
  if (flags.version) {
    process.stdout.write(`${readVersion()}\n`);
    return exitCodes.done;
  }
  stopForSwallowedFlags(parsed, process.env);
  const { command, operands } = findCommand(parsed, process.env);
  switch (command) {
    case 'create':
      // A folder that is a service already is merged into, as an upgrade does.
      if (parsed.flags.force === true && isService(operands[0])) return (await import('./run-upgrade.js')).runUpgrade(parsed, operands);
      return runCreate(parsed, operands[0]);
    case 'add':
      return (await import('../add/run-add.js')).runAdd(parsed, operands);
    case 'upgrade':
      return (await import('./run-upgrade.js')).runUpgrade(parsed, operands);
    default:
      return (await import('./run-upgrade.js')).runFileCommand(command, parsed, operands);
  }
}

const isService = (folder: string | undefined): boolean => folder !== undefined && ['.hcnode.json', '.hcnode/base.gz'].some((path) => existsSync(resolve(folder, path)));

async function runCreate({ given, flags }: Arguments, folder: string | undefined): Promise<number> {
  const isJson = flags.json === true;
  const isAsking = flags.yes !== true && !isJson && hasPerson();
  const fromFile: RawAnswers = flags.answers === undefined ? new Map() : readAnswersFile(flags.answers);
  const { create } = await import('../create/create.js');
  const created = await interruptible((interruption) =>
    create({
      folder,
      given: new Map([...fromFile, ...given]),
      version: readVersion(),
      ask: isAsking ? async (prompt) => (await import('../create/terminal-prompts.js')).askOnTerminal(prompt) : undefined,
      yes: flags.yes === true,
      force: flags.force === true,
      dryRun: flags['dry-run'] === true,
      install: flags.install !== false,
      git: flags.git !== false,
      outputFd: isJson ? 2 : 1,
      interruption,
      progress: (step) => reportStep(step, { isJson }),
    }),
  );
  return reportCreated(created, { isJson });
}

/** What the system refuses (a full disk, a read-only folder) is told in one line. A fault of ours keeps its stack. */
function toStop(error: unknown): Stop {
  if (error instanceof Stop) return error;
  if (!(error instanceof Error)) return new Stop('failed', [String(error)]);
  const isFromSystem = 'code' in error && 'syscall' in error;
  return new Stop('failed', isFromSystem ? [error.message, 'Nothing was written.'] : [error.stack ?? error.message], { cause: error });
}
