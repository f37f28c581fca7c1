import { readAnswersFile } from '../answers/answers-file.js';
import type { RawAnswers } from '../answers/answers.js';
import { readVersion } from '../version.js';
import { findTarget } from './commands.js';
import { parseArguments, type Arguments } from './parse-arguments.js';
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
  const folder = findTarget(parsed, process.env);
  return runCreate(parsed, folder);
}

async function runCreate({ given, flags }: Arguments, folder: string | undefined): Promise<number> {
  const isJson = flags.json === true;
  const isAsking = flags.yes !== true && !isJson && hasPerson();
  const fromFile: RawAnswers = flags.answers === undefined ? new Map() : readAnswersFile(flags.answers);
  const { interruption, forget } = listenForInterruption();
  try {
    const { create } = await import('../create/create.js');
    const created = await create({
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
    });
    return reportCreated(created, { isJson });
  } catch (error) {
    throw interruption.aborted && !(error instanceof Stop) ? new Stop('interrupted', ['interrupted; nothing was written'], { cause: error }) : error;
  } finally {
    forget();
  }
}

/** A prompt that nobody sees would wait for ever: a terminal on both ends, and no CI. */
function hasPerson(): boolean {
  const ci = process.env['CI'];
  const isCi = ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
  return !isCi && process.stdin.isTTY && process.stdout.isTTY;
}

/** Signals are noticed between two files, so that what was written so far can be taken back. */
function listenForInterruption(): { interruption: AbortSignal; forget: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  return {
    interruption: controller.signal,
    forget: () => {
      for (const signal of signals) process.off(signal, abort);
    },
  };
}

/** What the system refuses (a full disk, a read-only folder) is told in one line. A fault of ours keeps its stack. */
function toStop(error: unknown): Stop {
  if (error instanceof Stop) return error;
  if (!(error instanceof Error)) return new Stop('failed', [String(error)]);
  const isFromSystem = 'code' in error && 'syscall' in error;
  return new Stop('failed', isFromSystem ? [error.message, 'Nothing was written.'] : [error.stack ?? error.message], { cause: error });
}
