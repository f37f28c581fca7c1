import { resolve } from 'node:path';

import { readAnswersFile } from '../answers/answers-file.js';
import type { RawAnswers } from '../answers/answers.js';
import { shown } from '../answers/read-answer.js';
import type { Ask } from '../create/ask.js';
import { eject } from '../upgrade/eject.js';
import { explain } from '../upgrade/explain.js';
import { thisRelease } from '../upgrade/release.js';
import { undo } from '../upgrade/undo.js';
import { upgrade } from '../upgrade/upgrade.js';
import { interruptible } from './interruption.js';
import type { Arguments } from './parse-arguments.js';
import { hasPerson } from './person.js';
import { startProgress } from './progress.js';
import { reportEjected, reportExplained, reportUndone } from './report-file-commands.js';
import { reportUpgraded } from './report-upgrade.js';
import { Stop } from './stop.js';

/** `create-hcnode upgrade [dir]`. */
export async function runUpgrade({ given, flags }: Arguments, operands: readonly string[]): Promise<number> {
  const isJson = flags.json === true;
  if (flags['dry-run'] === true && flags.check === true) throw new Stop('usage', ['--dry-run and --check are both about writing nothing: one is enough']);
  const fromFile: RawAnswers = flags.answers === undefined ? new Map() : readAnswersFile(flags.answers);
  const isAsking = flags.yes !== true && !isJson && flags.check !== true && hasPerson();
  const progress = startProgress({ isShown: !isJson });
  const ask: Ask = async (prompt) => {
    progress.end();
    const { askOnTerminal } = await import('../create/terminal-prompts.js');
    return askOnTerminal(prompt);
  };
  try {
    const upgraded = await interruptible((interruption) =>
      upgrade({
        root: onlyFolder('upgrade', operands),
        release: thisRelease(),
        given: new Map([...fromFile, ...given]),
        ask: isAsking ? ask : undefined,
        mode: flags.check === true ? 'check' : flags['dry-run'] === true ? 'dry-run' : 'write',
        force: flags.force === true,
        verify: flags.verify === true,
        interruption,
        progress: (step) => progress.show(step),
      }),
    );
    progress.end();
    return reportUpgraded(upgraded, { isJson });
  } finally {
    progress.end();
  }
}

/** `undo [dir]`, `eject PATH...` and `explain PATH`. Answers and their kin are for others. */
export async function runFileCommand(command: 'undo' | 'eject' | 'explain', { given, flags }: Arguments, operands: readonly string[]): Promise<number> {
  const [answer] = given.values();
  if (answer !== undefined || flags.answers !== undefined) throw new Stop('usage', [`${answer?.said ?? '--answers'} is not for ${command}`]);
  if (flags['dry-run'] === true && command !== 'explain') throw new Stop('usage', [`--dry-run is not for ${command}`]);
  const isJson = flags.json === true;
  if (command === 'undo') {
    const root = onlyFolder(command, operands);
    return reportUndone(await interruptible((interruption) => undo({ root, force: flags.force === true, interruption })), { isJson });
  }
  const [path, ...others] = operands;
  if (path === undefined) throw new Stop('usage', [`${command} needs a path, as in: create-hcnode ${command} Dockerfile`]);
  if (command === 'eject') return reportEjected(await interruptible((interruption) => eject(process.cwd(), operands, interruption)), { isJson });
  if (others.length > 0) throw new Stop('usage', [`explain takes one path, got also ${others.map(shown).join(', ')}`]);
  return reportExplained(await explain(process.cwd(), path, thisRelease()), { isJson });
}

function onlyFolder(command: string, [folder = '.', ...others]: readonly string[]): string {
  if (others.length > 0) throw new Stop('usage', [`${command} takes one folder, got also ${others.map(shown).join(', ')}`]);
  return resolve(folder);
}

