import { spawnSync } from 'node:child_process';

const GIT_TIMEOUT_MS = 60_000;

/** What git says about the project, or why it cannot say. */
export type GitStatus = { readonly kind: 'none' } | { readonly kind: 'unknown'; readonly why: string } | { readonly kind: 'repository'; readonly changed: readonly string[]; readonly untracked: readonly string[] };

/**
 * What is not committed below this folder. Paths are relative to it.
 * Nothing that the repository's own settings name is run.
 */
export function readGitStatus(root: string): GitStatus {
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  if (prefix.error !== undefined) return { kind: 'none' };
  if (prefix.status !== 0) return /not a git repository|must be run in a work tree/.test(prefix.stderr) ? { kind: 'none' } : { kind: 'unknown', why: prefix.stderr.trim().split('\n')[0] ?? 'git failed' };
  const status = git(root, ['-c', 'core.fsmonitor=false', 'status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--', '.']);
  if (status.status !== 0) return { kind: 'unknown', why: status.stderr.trim().split('\n')[0] ?? 'git failed' };
  const above = prefix.stdout.trim();
  const lines = status.stdout.split('\0').filter((line) => line !== '').map((line) => ({ code: line.slice(0, 2), path: line.slice(3 + above.length) }));
  return {
    kind: 'repository',
    changed: lines.filter(({ code }) => code !== '??').map(({ path }) => path),
    untracked: lines.filter(({ code }) => code === '??').map(({ path }) => path),
  };
}

function git(root: string, parameters: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string; readonly error?: Error | undefined } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|PREFIX)$/.test(name)));
  return spawnSync('git', parameters, { cwd: root, encoding: 'utf8', timeout: GIT_TIMEOUT_MS, maxBuffer: 64_000_000, env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' } });
}
