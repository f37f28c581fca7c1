import { join } from 'node:path';

import { codeFiles } from './code-files.js';
import { startCrossFile, type CrossFile } from './cross-file.js';
import { lint } from './lint.js';
import { startProgress, type Terminal } from './progress.js';
import { optionsFor, type ESLintClass } from './project-config.js';
import type { Findings } from './report.js';

/** Small enough for a bar that moves. */
const FILES_AT_ONCE = 20;

/**
 * Lints a project with ESLint as it is installed there: every file by itself, then once more those that handlers of other files reach.
 *
 * @param paths files, folders or globs
 * @param terminal where progress is shown, if it is one
 * @throws UsageError if the project cannot be linted as it is
 */
export async function lintProject(paths: readonly string[], cwd: string, terminal: Terminal): Promise<Findings> {
  const Engine = await loadEngine();
  const files = codeFiles(cwd, paths);
  const crossFile = startCrossFile(cwd);
  const alone = new Engine(await optionsFor(Engine, cwd, files, { crossFile: 'off' }));
  const progress = startProgress(terminal, files.length);
  const found: Findings[] = [];
  try {
    for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
      const batch = files.slice(at, at + FILES_AT_ONCE);
      found.push(await lint(alone, batch, cwd, crossFile.onFile));
      progress.advance(batch.length);
    }
  } finally {
    progress.end();
  }
  const first = joined(found);
  const reached = linked(crossFile, terminal);
  const again = first.files.filter((file) => reached.has(file));
  if (again.length === 0) return first;
  const knowing = new Engine(await optionsFor(Engine, cwd, files, { crossFile: 'index' }));
  const second = await lint(knowing, again.map((file) => join(cwd, file)), cwd, () => {});
  return { ...first, reports: [...first.reports.filter(({ file }) => !reached.has(file)), ...second.reports] };
}

/** Where nothing can be written, files are looked at one by one. */
function linked(crossFile: CrossFile, terminal: Terminal): ReadonlySet<string> {
  try {
    return crossFile.link();
  } catch (error) {
    terminal.write(`hcnode-lint: calls across files are not followed: ${(error as Error).message}\n`);
    return new Set();
  }
}

function joined(found: readonly Findings[]): Findings {
  return {
    reports: found.flatMap(({ reports }) => reports),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    files: found.flatMap(({ files }) => files),
  };
}

async function loadEngine(): Promise<ESLintClass> {
  const { ESLint } = await import('eslint');
  return ESLint;
}
