import { lint } from './lint.js';
import { optionsFor, type ESLintClass } from './project-config.js';
import type { Findings } from './report.js';

/**
 * Lints a project with ESLint as it is installed there.
 *
 * @throws UsageError if the project cannot be linted as it is
 */
export async function lintProject(paths: readonly string[], cwd: string): Promise<Findings> {
  const Engine = await loadEngine();
  const eslint = new Engine(await optionsFor(Engine, cwd, paths, {}));
  return lint(eslint, paths, cwd);
}

async function loadEngine(): Promise<ESLintClass> {
  const { ESLint } = await import('eslint');
  return ESLint;
}
