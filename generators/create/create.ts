import { basename, resolve } from 'node:path';

import type { Project } from '../../templates/project.js';
import { completeAnswers, readAnswers, type Answers, type RawAnswers } from '../answers/answers.js';
import { nameFault, suggestName } from '../answers/check-name.js';
import { shown } from '../answers/read-answer.js';
import { Stop } from '../cli/stop.js';
import { compose } from '../compose/compose.js';
import { emit } from '../state/emit.js';
import { migrations } from '../upgrade/migrations.js';
import { besideClashes, findKept, inspectTarget, type Conflict } from '../write/target.js';
import { writeProject } from '../write/write-project.js';
import { askOpen, type Ask } from './ask.js';
import { makeRepository, type GitOutcome } from './git.js';
import { detectPackageManager, install } from './install.js';
import { nextSteps } from './next-steps.js';

const DEFAULT_FOLDER = 'my-service';
const GITIGNORE_KEPT = '.gitignore is yours and stays as it is: node_modules/, dist/, diagnostics/ and .env belong into it';

export interface CreateOptions {
  /** As typed; undefined when none was. */
  readonly folder: string | undefined;
  readonly given: RawAnswers;
  readonly version: string;
  /** Shows prompts; undefined when nobody is there to answer. */
  readonly ask: Ask | undefined;
  /** `--yes`: a missing folder has a default, too. */
  readonly yes: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly install: boolean;
  readonly git: boolean;
  /** Where the package manager's own words go. */
  readonly outputFd: 1 | 2;
  readonly interruption: AbortSignal;
  /** Told at the start of each step that takes time. */
  readonly progress: (step: string) => void;
}

/** What was done, as --json prints it. */
export interface Created {
  readonly version: string;
  readonly target: string;
  readonly dryRun: boolean;
  readonly answers: Project;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly mode: string }[];
  /** Files of the user's that stand where ours would, left as they were. */
  readonly kept: readonly string[];
  /** With --force: files of the user's where ours would be, with ours beside them. */
  readonly conflicts: readonly Conflict[];
  readonly install: 'done' | 'failed' | 'off';
  readonly git: GitOutcome;
  readonly nextSteps: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Creates a service: asks what is open, checks everything, composes in memory, writes all or nothing, installs, commits.
 * @throws {Stop} for wrong answers, a folder that will not do, and an interruption; then nothing was written
 */
export async function create(options: CreateOptions): Promise<Created> {
  const { given, ask, version, dryRun, interruption, progress } = options;
  const { answers: early, faults } = readAnswers(given);
  if (faults.length > 0) throw new Stop('usage', faults);

  const path = resolve(await findFolder(options, early));
  const target = await inspectTarget(path, options);
  const answers = ask === undefined ? early : await askOpen(early, suggestName(basename(path)) ?? DEFAULT_FOLDER, ask);
  const project = finish(answers, path);

  progress('Composing the files');
  const composed = compose(project);
  const kept = await findKept(target, composed);
  const { emission, conflicts } = await besideClashes(target, emit({ project, version, composed, ejected: kept, renames: migrations }));
  const files = [...emission].map(([file, { bytes, mode }]) => ({ path: file, bytes: bytes.length, mode }));
  const warnings = kept.includes('.gitignore') ? [GITIGNORE_KEPT] : [];
  const plan = { version, target: path, dryRun, answers: project, files, kept, conflicts, warnings };
  if (dryRun) return { ...plan, install: 'off', git: 'off', nextSteps: nextSteps(path, project, { isInstalled: false }) };

  progress(`Writing ${emission.size} files`);
  await writeProject(target, emission, interruption);
  const installFault = await installIn(options, path, project);
  if (options.git) progress('Committing to git');
  const git = options.git ? await makeRepository(path, `Create ${project.name} with create-hcnode ${version}`) : 'off';
  const isInstalled = options.install && installFault === undefined;
  return {
    ...plan,
    install: isInstalled ? 'done' : options.install ? 'failed' : 'off',
    git,
    nextSteps: nextSteps(path, project, { isInstalled }),
    warnings: installFault === undefined ? warnings : [...warnings, `the service is written, but ${installFault}`],
  };
}

/** The folder as typed, asked for, or named like the service. */
async function findFolder({ folder, ask, yes }: CreateOptions, answers: Answers): Promise<string> {
  if (folder === '') throw new Stop('usage', ['the folder has an empty name']);
  if (folder !== undefined) return folder;
  const name = answers.get('name');
  if (typeof name === 'string') return name;
  if (ask !== undefined) return String(await ask({ key: 'folder', kind: 'text', message: 'Folder', default: DEFAULT_FOLDER, choices: [], validate: (answer) => (answer === '' ? 'must have a name' : true) }));
  if (yes) return DEFAULT_FOLDER;
  throw new Stop('usage', ['no FOLDER given, and no terminal to ask on', 'Name one, as in: npm create hcnode@latest my-service', 'or add --yes for all defaults.']);
}

function finish(answers: Answers, path: string): Project {
  const folderName = basename(path);
  const isNamed = answers.has('name');
  const fault = isNamed ? undefined : nameFault(folderName);
  if (fault !== undefined) {
    const suggestion = suggestName(folderName) ?? DEFAULT_FOLDER;
    throw new Stop('usage', [`the folder's name cannot name the service: ${shown(folderName)} ${fault}`, `Name the service otherwise with --name, as in: --name ${suggestion}`]);
  }
  const { project, faults } = completeAnswers(answers, { name: folderName, packageManager: detectPackageManager(process.env['npm_config_user_agent']) });
  if (faults.length > 0) throw new Stop('usage', faults);
  return project;
}

/** What went wrong with the packages, if anything. The files are there by now, and stay whatever happens. */
async function installIn({ install: isWanted, interruption, outputFd, progress }: CreateOptions, folder: string, { packageManager }: Project): Promise<string | undefined> {
  if (!isWanted) return undefined;
  progress(`Installing with ${packageManager}`);
  const fault = await install(packageManager, { folder, outputFd, interruption });
  if (interruption.aborted) throw new Stop('interrupted', [`interrupted while installing; the service is complete in ${folder}, its packages are not`]);
  return fault;
}
