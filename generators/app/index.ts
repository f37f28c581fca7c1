import type { PromptQuestion } from '@yeoman/types';
import Generator, { type BaseOptions } from 'yeoman-generator';

import { questionKeys, questionOf } from '../answers/questions.js';
import type { RawAnswers } from '../answers/answers.js';
import { Stop } from '../cli/stop.js';
import type { Ask, Prompt } from '../create/ask.js';
import { create } from '../create/create.js';
import { nextSteps } from '../create/next-steps.js';
import { readVersion } from '../version.js';

type AppOptions = BaseOptions & { folder?: string; install?: boolean; git?: boolean; force?: boolean; yes?: boolean };

/**
 * `yo hcnode`: Yeoman asks, and the same functions as those of our own command do the rest. Yeoman neither writes nor installs:
 * its writing is not all or nothing, and its question about conflicts waits for ever where nobody answers.
 */
export default class AppGenerator extends Generator<Record<string, never>, AppOptions> {
  constructor(args?: string[], options?: AppOptions) {
    super(args, options, { unique: true, customInstallTask: true, customCommitTask: true });
    this.argument('folder', { type: String, required: false, description: 'folder to create (default: this one)' });
    for (const key of questionKeys) this.option(questionOf(key).flag, { type: String, description: questionOf(key).about });
    this.option('yes', { type: Boolean, description: 'defaults for what is not given' });
    this.option('force', { type: Boolean, description: 'add files to a folder that is not empty' });
    this.option('install', { type: Boolean, default: true, description: 'install the dependencies' });
    this.option('git', { type: Boolean, default: true, description: 'make a git repository' });
  }

  async writing(): Promise<void> {
    try {
      const created = await create({
        folder: this.destinationPath(this.options.folder ?? ''),
        given: this.#given(),
        version: readVersion(),
        ask: this.options.yes === true ? undefined : this.#ask,
        yes: true,
        force: this.options.force === true,
        dryRun: false,
        install: this.options.install !== false && this.options.skipInstall !== true,
        git: this.options.git !== false,
        outputFd: 1,
        interruption: new AbortController().signal,
        progress: (step) => this.log(step),
      });
      const steps = nextSteps(created.target, created.answers, { isInstalled: created.install === 'done' });
      this.log([`${created.files.length} files in ${created.target}`, ...created.warnings, ...created.conflicts.map(({ path, sidecar }) => `Conflict for you to settle: ${path} is yours, and stays; ours is in ${sidecar}`), 'Next:', ...steps].join('\n'));
    } catch (error) {
      // Yeoman prints the message of an error, and a Stop has its lines there.
      throw error instanceof Stop ? new Error(error.message, { cause: error }) : error;
    }
  }

  #given(): RawAnswers {
    // Yeoman's bag of options is untyped for the ones declared in the constructor.
    const options = this.options as Readonly<Record<string, unknown>>;
    const given = questionKeys.map((key) => [key, { raw: options[questionOf(key).flag], said: `--${questionOf(key).flag}` }] as const);
    return new Map(given.filter(([, { raw }]) => raw !== undefined));
  }

  readonly #ask: Ask = async (prompt) => {
    // The kinds of prompt are a union over the libraries that Yeoman might use; ours are three plain ones.
    const answered = await this.prompt<Record<string, unknown>>([describe(prompt) as PromptQuestion<Record<string, unknown>>]);
    return answered[prompt.key];
  };
}

function describe({ key, kind, message, choices, default: preset, validate }: Prompt): object {
  const type = { text: 'input', choice: 'select', subset: 'checkbox' }[kind];
  return { type, name: key, message, choices, default: preset, ...(kind === 'text' ? { validate } : {}) };
}
