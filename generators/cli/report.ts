import type { Created } from '../create/create.js';
import { exitCodes, type Stop } from './stop.js';
import { bold, dim } from './styles.js';

interface Channel {
  readonly isJson: boolean;
}

/** Prints what was done: for a person on standard output, or as JSON there and for a person on standard error. */
export function reportCreated(created: Created, { isJson }: Channel): number {
  const text = created.dryRun ? describeDryRun(created) : describeCreated(created);
  if (isJson) process.stdout.write(`${JSON.stringify(created, null, 2)}\n`);
  (isJson ? process.stderr : process.stdout).write(`${text}\n`);
  for (const warning of created.warnings) process.stderr.write(`create-hcnode: warning: ${warning}\n`);
  for (const { path, sidecar } of created.conflicts) process.stderr.write(`create-hcnode: conflict for you to settle: ${path} is yours, and stays; ours is in ${sidecar}\n`);
  if (created.install === 'failed') return exitCodes.failed;
  return created.conflicts.length > 0 && !created.dryRun ? exitCodes.conflicts : exitCodes.done;
}

/** Prints why nothing was made. */
export function reportStop({ reason, lines }: Stop, { isJson }: Channel): number {
  const exitCode = exitCodes[reason];
  if (isJson) process.stdout.write(`${JSON.stringify({ error: { reason, exitCode, messages: lines } }, null, 2)}\n`);
  process.stderr.write(`${lines.map((line) => `create-hcnode: ${line}`).join('\n')}\n`);
  return exitCode;
}

/** Shows on a terminal what is at work; silent elsewhere. */
export function reportStep(text: string, { isJson }: Channel): void {
  if (!isJson && process.stderr.isTTY) process.stderr.write(`${dim(`${text} ...`)}\n`);
}

function describeDryRun({ target, files, kept }: Created): string {
  return [
    `Would write ${files.length} files to ${target}:`,
    ...files.map(({ path, bytes }) => `  ${path} ${dim(`(${bytes} bytes)`)}`),
    ...(kept.length > 0 ? [`Would leave yours as they are: ${kept.join(', ')}`] : []),
    'Nothing was written.',
  ].join('\n');
}

function describeCreated({ target, answers, files, kept, git, nextSteps, install }: Created): string {
  return [
    `${bold(answers.name)}: ${files.length} files in ${target}`,
    ...(kept.length > 0 ? [`Yours, left as they are: ${kept.join(', ')}`] : []),
    `Packages: ${install === 'off' ? 'not installed' : install === 'done' ? 'installed' : 'FAILED'}. Git: ${git}.`,
    '',
    'Next:',
    '',
    ...nextSteps.map((step) => `  ${step}`),
    '',
    `Then the service answers on http://127.0.0.1:${answers.port}, and shows itself on http://127.0.0.1:${answers.adminPort}`,
  ].join('\n');
}
