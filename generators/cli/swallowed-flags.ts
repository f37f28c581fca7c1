import { questionKeys, questionOf } from '../answers/questions.js';
import type { Arguments } from './parse-arguments.js';
import { doubleDashHint } from './commands.js';
import { Stop } from './stop.js';

/** npm has a setting of its own of this name, which a user may have for other reasons. */
const NAMES_OF_NPM_TOO = ['proxy', 'name'];

/**
 * `npm create hcnode x --port 4100` without `--` in front of the flags makes `--port` a setting of npm, which reaches us as an environment variable only.
 * Going on would create something else than was asked for.
 * @throws {Stop} naming the flags
 */
export function stopForSwallowedFlags({ given, flags }: Arguments, env: NodeJS.ProcessEnv): void {
  const ours = questionKeys
    .filter((key) => !given.has(key))
    .map((key) => questionOf(key).flag)
    .filter((flag) => !NAMES_OF_NPM_TOO.includes(flag));
  const candidates = [...ours, ...(flags.answers === undefined ? ['answers'] : [])];
  const swallowed = candidates.filter((flag) => env[variableOf(flag)] !== undefined);
  // npm has a dry run, too; whoever asks for one must not get files.
  if (!flags['dry-run'] && env[variableOf('dry-run')] === 'true') swallowed.push('dry-run');
  if (swallowed.length === 0) return;
  throw new Stop('usage', [`npm kept ${swallowed.map((flag) => `--${flag}`).join(', ')} to itself`, ...doubleDashHint]);
}

const variableOf = (flag: string): string => `npm_config_${flag.replaceAll('-', '_')}`;
