import { codeFiles } from './code-files.js';
import { lint } from './lint.js';
import { startProgress, type Terminal } from './progress.js';
import { optionsFor, type ESLintClass } from './project-config.js';
import type { Findings } from './report.js';

/** Small enough for a bar that moves. */
const FILES_AT_ONCE = 20;

/**
 * Lints a project with ESLint as it is installed there.
 *
 * @param paths files, folders or globs
 * @param terminal where progress is shown, if it is one
 * @throws UsageError if the project cannot be linted as it is
 */
export async function lintProject(paths: readonly string[], cwd: string, terminal: Terminal): Promise<Findings> {
  const Engine = await loadEngine();
  const files = codeFiles(cwd, paths);
  const eslint = new Engine(await optionsFor(Engine, cwd, files, {}));
  const progress = startProgress(terminal, files.length);
  const found: Findings[] = [];
  try {
    for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
      const batch = files.slice(at, at + FILES_AT_ONCE);
      found.push(await lint(eslint, batch, cwd));
      progress.advance(batch.length);
    }
  } finally {
    progress.end();
  }
  return {
    reports: found.flatMap(({ reports }) => reports),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    files: found.flatMap(({ files: names }) => names),
  };
}

async function loadEngine(): Promise<ESLintClass> {
  const { ESLint } = await import('eslint');
  return ESLint;
}
