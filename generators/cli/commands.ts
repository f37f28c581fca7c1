import { shown } from '../answers/read-answer.js';
import { nearest } from './nearest.js';
import type { Arguments } from './parse-arguments.js';
import { Stop } from './stop.js';
import { switchNames, switchOf } from './switches.js';

/** The first word, for what works inside a project; without one, a project is created. */
const COMMANDS = ['add', 'upgrade', 'undo', 'eject', 'explain'] as const;

/** Promised, and not made yet. */
const COMMANDS_TO_COME = ['doctor'];

/** `app` is a folder one may want, although it is one letter from `add`. */
const SHORTEST_MISTYPED_COMMAND = 6;

export type Command = (typeof COMMANDS)[number] | 'create';

/**
 * Finds out what the command line asks for.
 * @throws {Stop} for commands of other versions, mistyped ones, words too many, and switches of other commands
 */
export function findCommand(parsed: Arguments, env: NodeJS.ProcessEnv): { readonly command: Command; readonly operands: readonly string[] } {
  const [first, ...others] = parsed.positionals;
  const command = COMMANDS.find((name) => name === first);
  if (command === undefined) {
    const folder = findTarget(parsed, env);
    stopForForeignSwitches(parsed, 'create');
    return { command: 'create', operands: folder === undefined ? [] : [folder] };
  }
  stopForForeignSwitches(parsed, command);
  return { command, operands: others };
}

function stopForForeignSwitches({ flags }: Arguments, command: Command): void {
  const given: Readonly<Record<string, unknown>> = flags;
  const foreign = switchNames.filter((name) => given[name] !== undefined && switchOf(name).commands?.includes(command) === false);
  if (foreign.length > 0) throw new Stop('usage', foreign.map((name) => `--${name} is for ${switchOf(name).commands?.join(', ') ?? ''}, not for ${command}`));
}

function findTarget({ positionals }: Arguments, env: NodeJS.ProcessEnv): string | undefined {
  const [first, ...others] = positionals;
  if (first !== undefined && COMMANDS_TO_COME.includes(first)) {
    throw new Stop('usage', [`"${first}" is not in this version. To create a service in a folder of this name: create-hcnode ./${first}`]);
  }
  // ./upgrade is a folder, whatever it is called.
  const meant = first === undefined || /[/\\]/.test(first) ? undefined : nearest(first, [...COMMANDS, ...COMMANDS_TO_COME]);
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
