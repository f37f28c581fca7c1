import type { Project } from '../../templates/project.js';
import type { RawAnswers } from '../answers/answers.js';
import { Stop } from '../cli/stop.js';
import type { Ask } from '../create/ask.js';
import { canonicalBase, packBase, sha256 } from '../state/base.js';
import { describeState, serializeState } from '../state/state.js';
import type { TemplateFile } from '../state/template-file.js';
import { applySteps, isHalfDone, recover } from './apply.js';
import { notesSince } from './changelog.js';
import { compareVersions } from './compare-versions.js';
import { Disk } from './disk.js';
import { readGitStatus } from './git-status.js';
import { findForeignFiles, findMoved } from './moved-by-user.js';
import { findAnswers } from './new-answers.js';
import type { Outcome, Status, Step } from './outcome.js';
import { planUpgrade } from './plan.js';
import { BASE_PATH, readBase } from './read-base.js';
import { readRemembered, STATE_PATH } from './read-state.js';
import { renderRelease, type Release } from './release.js';
import type { Remembered } from './remembered.js';
import { unifiedDiff } from './unified-diff.js';
import { findUnsettled } from './unsettled.js';
import { verify, type Verified } from './verify.js';

export interface UpgradeOptions {
  /** Absolute. */
  readonly root: string;
  readonly release: Release;
  /** Answers that are to be others. */
  readonly given: RawAnswers;
  /** Shows prompts for new questions; undefined when nobody is there to answer. */
  readonly ask: Ask | undefined;
  /** `write`, or only tell what would be: `dry-run` with the diff, `check` for CI. */
  readonly mode: 'write' | 'dry-run' | 'check';
  /** Go on with a dirty tree, and over what an earlier upgrade left to settle. */
  readonly force: boolean;
  readonly verify: boolean;
  readonly interruption: AbortSignal;
  /** Told at the start of each part that takes time. */
  readonly progress: (step: string) => void;
}

export interface UpgradedFile {
  readonly path: string;
  readonly status: Exclude<Status, 'unchanged'>;
  readonly from?: string;
  readonly reason?: string;
  readonly sidecar?: string;
}

/** What was done, as --json prints it. */
export interface Upgraded {
  readonly mode: UpgradeOptions['mode'];
  readonly target: string;
  /** Null when .hcnode.json was lost. */
  readonly from: string | null;
  readonly to: string;
  readonly answers: Project;
  readonly changedAnswers: readonly string[];
  readonly files: readonly UpgradedFile[];
  /** Left by an earlier upgrade: markers, and files beside others. */
  readonly unsettled: readonly string[];
  /** Whether anything was written, or would be. */
  readonly hasChanges: boolean;
  /** Lines of the unified diff; only of a dry run. */
  readonly diff?: readonly string[];
  readonly verified?: Verified;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Brings a project to this release, and to other answers, keeping the user's edits: a three-way merge between what the old version
 * had written, what this one writes, and what is there.
 * @throws {Stop} when it refuses, and then the project is as before
 */
export async function upgrade(options: UpgradeOptions): Promise<Upgraded> {
  const { root, release, given, mode, force, progress } = options;
  const recovered = takeBackHalfDone(options);
  const disk = new Disk(root);
  progress('Reading what the project remembers');
  const remembered = readRemembered(disk, release, given);
  stopForDowngrade(remembered, release);
  const { project, changes, warnings } = await findAnswers(remembered, release, given, options.ask);

  progress('Composing the new version');
  const theirs = renderRelease(release, project);
  progress(`Comparing ${theirs.length} files`);
  const plan = await planUpgrade(remembered, theirs, disk, release);
  const steps = [...plan.steps, ...stateSteps(project, theirs, remembered, options, disk)];
  const unsettled = findUnsettled(remembered, theirs, disk);
  const result: Upgraded = {
    mode,
    target: root,
    from: remembered.version ?? null,
    to: release.version,
    answers: project,
    changedAnswers: changes,
    files: withMoves(plan.outcomes, remembered, theirs, disk).flatMap(described),
    unsettled,
    hasChanges: steps.length > 0,
    ...(mode === 'dry-run' ? { diff: unifiedDiff(plan.steps, disk) } : {}),
    notes: notesSince(remembered.version, release),
    warnings: [...recovered, ...remembered.warnings, ...warnings],
  };
  if (mode !== 'write' || steps.length === 0) return options.verify ? { ...result, verified: verifyPlan(options, plan.steps, theirs) } : result;

  if (!force) stopForUnsettled(unsettled);
  const gitWarnings = stopForDirtyTree(root, plan.steps, options);
  const verified = options.verify ? verifyPlan(options, plan.steps, theirs) : undefined;
  await applySteps(root, steps, {
    from: remembered.version ?? 'an unknown version',
    to: release.version,
    interruption: options.interruption,
    progress: (step, total) => progress(`Writing ${step} of ${total}`),
  });
  return { ...result, warnings: [...result.warnings, ...gitWarnings], ...(verified === undefined ? {} : { verified }) };
}

function takeBackHalfDone({ root, mode }: UpgradeOptions): readonly string[] {
  if (mode !== 'write') {
    if (isHalfDone(root)) throw new Stop('refused', ['an upgrade was killed here, or is running', 'The next `create-hcnode upgrade` or `create-hcnode undo` takes back what it did.']);
    return [];
  }
  const changed = recover(root);
  if (changed === undefined) return [];
  return ['an earlier upgrade was killed; what it had done was taken back', ...changed.map((path) => `${path} has changed since, and stays as it is`)];
}

function stopForDowngrade({ version }: Remembered, release: Release): void {
  if (version === undefined || compareVersions(version, release.version) <= 0) return;
  throw new Stop('refused', [`the project is of version ${version}, and this is ${release.version}: there is no way back`, `Run the version of the project, or a later one: npx create-hcnode@${version} upgrade`]);
}

/** The new record, written when it says something else than the one that is there. */
function stateSteps(project: Project, theirs: readonly TemplateFile[], { ejected }: Remembered, { release }: UpgradeOptions, disk: Disk): readonly Step[] {
  const composed = new Map(theirs.map(({ path, text }) => [path, text]));
  const hash = sha256(canonicalBase(composed));
  const text = serializeState(describeState({ project, version: release.version, composed, ejected, renames: release.migrations }));
  const state = disk.entry(STATE_PATH);
  const isSame = state.kind === 'file' && state.bytes.toString('utf8').replaceAll('\r\n', '\n') === text;
  return [
    ...(readBase(disk)?.hash === hash ? [] : [write(BASE_PATH, packBase(composed))]),
    ...(isSame ? [] : [write(STATE_PATH, Buffer.from(text))]),
  ];
}

const write = (path: string, bytes: Buffer): Step => ({ kind: 'write', path, bytes, mode: 0o644 });

function stopForUnsettled(unsettled: readonly string[]): void {
  if (unsettled.length === 0) return;
  throw new Stop('refused', [`an earlier upgrade left conflicts: ${unsettled.join(', ')}`, 'Settle them (delete what ends in .hcnode-new when done), or add --force.']);
}

/** @returns warnings */
function stopForDirtyTree(root: string, steps: readonly Step[], { force }: UpgradeOptions): readonly string[] {
  const git = readGitStatus(root);
  if (git.kind === 'unknown') return [`git cannot tell what is committed (${git.why}); create-hcnode undo takes the upgrade back`];
  if (git.kind === 'none' || force) return [];
  const touched = new Set(steps.map(({ path }) => path));
  const dirty = [...git.changed, ...git.untracked.filter((path) => touched.has(path))];
  if (dirty.length === 0) return [];
  const named = dirty.slice(0, 10).map((path) => JSON.stringify(path)).join(', ');
  throw new Stop('refused', [`there are changes that are not committed: ${named}${dirty.length > 10 ? ` and ${dirty.length - 10} more` : ''}`, 'Commit or stash them, so that the upgrade can be looked at by itself; or add --force.']);
}

function verifyPlan({ root, progress, mode }: UpgradeOptions, steps: readonly Step[], theirs: readonly TemplateFile[]): Verified {
  progress('Testing the result in a copy');
  const verified = verify(root, steps, theirs);
  if (verified.failed.length > 0 && mode === 'write') {
    throw new Stop('failed', [...verified.failed.flatMap(({ name, output }) => [`${name} failed in a copy with the upgrade:`, ...output.split('\n')]), 'Nothing was written.']);
  }
  return verified;
}

/** Where a file that is missing has most likely gone. Looked for only when it matters: when the template has changed. */
function withMoves(outcomes: readonly Outcome[], remembered: Remembered, theirs: readonly TemplateFile[], disk: Disk): readonly Outcome[] {
  const isMissing = ({ path, status }: Outcome): boolean => status === 'kept' && disk.entry(path).kind === 'missing';
  if (!outcomes.some(isMissing)) return outcomes;
  const foreign = findForeignFiles(disk, new Set([...remembered.files, ...theirs].map(({ path }) => path)));
  return outcomes.map((outcome) => {
    const text = isMissing(outcome) ? theirs.find(({ path }) => path === outcome.path)?.text : undefined;
    const moved = text === undefined ? undefined : findMoved(text, outcome.path, foreign, disk);
    return moved === undefined ? outcome : { ...outcome, reason: `you seem to have moved it to ${moved}, which stays as it is` };
  });
}

function described({ path, status, from, reason, sidecar }: Outcome): readonly UpgradedFile[] {
  if (status === 'unchanged') return [];
  return [{ path, status, ...(from === undefined ? {} : { from }), ...(reason === undefined ? {} : { reason }), ...(sidecar === undefined ? {} : { sidecar }) }];
}
