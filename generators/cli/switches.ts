import type { Command } from './commands.js';

/** How a run goes, as opposed to what the project will be. Both are flags; only answers are remembered. */
const switches = {
  answers: { value: 'FILE', about: 'answers from a JSON file, - for standard input; flags win' },
  yes: { short: 'y', about: 'no prompts: defaults for what is not given' },
  'dry-run': { about: 'print what would be written, and write nothing' },
  json: { about: 'the result as JSON on standard output, text on standard error; no prompts' },
  force: { about: 'go on in a folder that is not empty, or with changes that are not committed: files are merged, none is overwritten' },
  check: { commands: ['upgrade'], about: 'upgrade: write nothing, exit 4 when there is something to do' },
  verify: { commands: ['upgrade'], about: 'upgrade: test the result with nginx, promtool, tsc before anything is written' },
  install: { commands: ['create'], negatable: true, about: 'install the dependencies (default: on)' },
  git: { commands: ['create'], negatable: true, about: 'make a git repository with a first commit (default: on)' },
  help: { short: 'h', about: 'this text' },
  version: { short: 'v', about: 'the version' },
} as const satisfies Readonly<Record<string, Switch>>;

interface Switch {
  readonly about: string;
  /** The commands that it is for; without this, all. */
  readonly commands?: readonly Command[];
  readonly short?: string;
  /** What stands after it; without this it is on or off. */
  readonly value?: string;
  /** Whether `--no-` before it turns it off. */
  readonly negatable?: boolean;
}

export type SwitchName = keyof typeof switches;

// As with the questions: the keys of the table are these and no others.
export const switchNames = Object.keys(switches) as readonly SwitchName[];

/** The same, for code that treats all alike. */
export const switchOf = (name: SwitchName): Switch => switches[name];
