import { packageManagers } from '../../templates/package-manager.js';
import type { Upgraded, UpgradedFile } from '../upgrade/upgrade.js';
import { exitCodes } from './stop.js';
import { bold, cyan, dim, green, red, yellow } from './styles.js';

const COLOURS = { created: green, updated: green, merged: green, renamed: cyan, deleted: yellow, kept: dim, conflict: red } as const satisfies Record<UpgradedFile['status'], (text: string) => string>;

/** Prints what was upgraded: for a person on standard output, or as JSON there and for a person on standard error. Conflicts come last. */
export function reportUpgraded(upgraded: Upgraded, { isJson }: { readonly isJson: boolean }): number {
  const exitCode = exitCodeOf(upgraded);
  if (isJson) process.stdout.write(`${JSON.stringify({ ...upgraded, exitCode }, null, 2)}\n`);
  for (const warning of upgraded.warnings) process.stderr.write(`create-hcnode: warning: ${warning}\n`);
  (isJson ? process.stderr : process.stdout).write(`${describe(upgraded).join('\n')}\n`);
  return exitCode;
}

function exitCodeOf({ mode, files, unsettled, hasChanges, verified }: Upgraded): number {
  const hasConflicts = files.some(({ status }) => status === 'conflict') || unsettled.length > 0;
  if (verified !== undefined && verified.failed.length > 0) return exitCodes.failed;
  if (mode === 'check') return hasChanges || unsettled.length > 0 ? exitCodes.drift : exitCodes.done;
  return mode === 'write' && hasConflicts ? exitCodes.conflicts : exitCodes.done;
}

function describe(upgraded: Upgraded): readonly string[] {
  const { files, diff = [], notes, changedAnswers, unsettled } = upgraded;
  const conflicts = files.filter(({ status }) => status === 'conflict');
  const others = files.filter(({ status }) => status !== 'conflict');
  return [
    bold(headline(upgraded)),
    ...section('Answers:', changedAnswers),
    ...section('What is new:', notes.map((note) => (/^(\*\*)?breaking\b/i.test(note) ? red(note) : note))),
    ...(diff.length > 0 ? ['', ...diff.map(coloured)] : []),
    ...section('Files:', others.map(describeFile)),
    ...describeChecks(upgraded),
    ...nextSteps(upgraded),
    ...section('Left by an earlier upgrade, for you to settle:', unsettled.map(red)),
    ...section(`${conflicts.length} ${conflicts.length === 1 ? 'conflict' : 'conflicts'} for you to settle:`, conflicts.map(describeFile)),
  ];
}

function headline({ mode, from, to, hasChanges, target }: Upgraded): string {
  const way = from === to ? `version ${to}` : `${from ?? 'an unknown version'} -> ${to}`;
  if (!hasChanges) return `${target}: up to date (${way})`;
  if (mode === 'check') return `${target}: not up to date (${way}); create-hcnode upgrade would change it`;
  return mode === 'dry-run' ? `${target}: would be upgraded (${way}). Nothing was written.` : `${target}: upgraded (${way})`;
}

function describeFile({ path, status, from, reason, sidecar }: UpgradedFile): string {
  const name = from === undefined ? path : `${from} -> ${path}`;
  const beside = sidecar === undefined ? '' : `; the new text is in ${sidecar}`;
  return `${COLOURS[status](status.padEnd(8))} ${name}${reason === undefined ? '' : dim(` (${reason}${beside})`)}`;
}

function describeChecks({ verified }: Upgraded): readonly string[] {
  if (verified === undefined) return [];
  const { passed, missed, failed } = verified;
  return section('Checked in a copy:', [...passed.map((name) => `ok      ${name}`), ...missed.map((why) => yellow(`MISSED  ${why}`)), ...failed.map(({ name, output }) => red(`FAILED  ${name}\n${output}`))]);
}

function nextSteps({ mode, files, answers, hasChanges }: Upgraded): readonly string[] {
  if (mode !== 'write' || !hasChanges) return [];
  const { install, run } = packageManagers[answers.packageManager];
  const isManifest = files.some(({ path, status }) => path === 'package.json' && status !== 'kept');
  return section('Next:', [...(isManifest ? [install] : []), `${run} test`, dim('create-hcnode undo   takes it back')]);
}

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', title, '', ...lines.map((line) => `  ${line}`)]);

function coloured(line: string): string {
  if (/^(\+\+\+|---) /.test(line)) return bold(line);
  if (line.startsWith('@@')) return cyan(line);
  if (line.startsWith('+')) return green(line);
  return line.startsWith('-') ? red(line) : line;
}
