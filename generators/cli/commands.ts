import { shown } from '../answers/read-answer.js';
import { nearest } from './nearest.js';
import type { Arguments } from './parse-arguments.js';
import { Stop } from './stop.js';

/** Commands work inside a project; without one, a project is created. These are promised, and not made yet. */
const COMMANDS_TO_COME = ['add', 'upgrade', 'doctor', 'eject', 'undo', 'check'];

/** `app` is a folder one may want, although it is one letter from `add`. */
const SHORTEST_MISTYPED_COMMAND = 6;

/**
 * Finds the folder that `create` is for, and stops for everything else that a first word may mean.
 * @throws {Stop} for commands of other versions, mistyped ones, and words too many
 */
export function findTarget({ positionals }: Arguments, env: NodeJS.ProcessEnv): string | undefined {
  const [first, ...others] = positionals;
  if (first !== undefined && COMMANDS_TO_COME.includes(first)) {
    throw new Stop('usage', [`"${first}" is not in this version. To create a service in a folder of this name: create-hcnode ./${first}`]);
  }
  // ./upgrade is a folder, whatever it is called.
  const meant = first === undefined || /[/\\]/.test(first) ? undefined : nearest(first, COMMANDS_TO_COME);
  if (others.length > 0) throw new Stop('usage', tooMany(positionals, meant, env));
  if (first !== undefined && meant !== undefined && first.length >= SHORTEST_MISTYPED_COMMAND) {
    throw new Stop('usage', [`unknown command ${shown(first)}; did you mean "${meant}"? For a folder of this name: create-hcnode ./${first}`]);
  }
  return first;
}

function tooMany([first, ...others]: readonly string[], meant: string | undefined, env: NodeJS.ProcessEnv): string[] {
  const isLikelyCommand = meant !== undefined && env['npm_command'] !== 'init';
  if (isLikelyCommand) return [`unknown command ${shown(first)}; did you mean "${meant}"?`];
  return [`one folder is enough, got also ${others.slice(0, 5).map(shown).join(', ')}`, ...doubleDashHint];
}

/** npm keeps flags to itself unless `--` stands before them. */
export const doubleDashHint = ['With npm, `--` must stand before the flags: npm create hcnode@latest my-service -- --port 4100'];
