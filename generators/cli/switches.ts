/** How a run goes, as opposed to what the project will be. Both are flags; only answers are remembered. */
const switches = {
  answers: { value: 'FILE', about: 'answers from a JSON file, - for standard input; flags win' },
  yes: { short: 'y', about: 'no prompts: defaults for what is not given' },
  'dry-run': { about: 'print what would be written, and write nothing' },
  json: { about: 'the result as JSON on standard output, text on standard error; no prompts' },
  force: { about: 'go on in a folder that is not empty: files are added, none is overwritten' },
  install: { negatable: true, about: 'install the dependencies (default: on)' },
  git: { negatable: true, about: 'make a git repository with a first commit (default: on)' },
  help: { short: 'h', about: 'this text' },
  version: { short: 'v', about: 'the version' },
} as const satisfies Readonly<Record<string, Switch>>;

interface Switch {
  readonly about: string;
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
