import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';

import type { TemplateFile } from '../state/template-file.js';
import { hasOurMarkers, type Step } from './outcome.js';

const CHECKS_PATH = 'scripts/checks.json';
/** tsc over a project takes some seconds; a program that asks something would wait for ever. */
const CHECK_TIMEOUT_MS = 120_000;
/** What no check reads, and what is large. */
const NOT_COPIED = ['node_modules', '.git', 'dist', '.hcnode', 'diagnostics', 'coverage'];

interface Check {
  readonly name: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly needs?: readonly string[];
}

export interface Verified {
  readonly passed: readonly string[];
  readonly missed: readonly string[];
  readonly failed: readonly { readonly name: string; readonly output: string }[];
}

/**
 * Tests the project as it would be after the steps, in a copy: the checks of `npm run check:configs`, as the new version has them, and tsc.
 * Programs that are not installed are missed, and said to be.
 */
export function verify(root: string, steps: readonly Step[], theirs: readonly TemplateFile[]): Verified {
  const copy = mkdtempSync(join(tmpdir(), 'hcnode-verify-'));
  try {
    cpSync(root, copy, { recursive: true, filter: (source) => !NOT_COPIED.includes(relative(root, source).split('/')[0] ?? ''), verbatimSymlinks: true });
    for (const step of steps) stageStep(copy, step);
    const checks = [...configurationChecks(theirs), ...typeChecks(root, copy)];
    const results = checks.map((check) => ({ name: check.name, outcome: isTypeCheckOfMarkers(check, steps) ? 'it would fail at the conflict markers' : runCheck(check, copy) }));
    return {
      passed: results.filter(({ outcome }) => outcome === true).map(({ name }) => name),
      missed: results.flatMap(({ name, outcome }) => (typeof outcome === 'string' ? [`${name}: ${outcome}`] : [])),
      failed: results.flatMap(({ name, outcome }) => (typeof outcome === 'object' ? [{ name, output: outcome.output }] : [])),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function stageStep(copy: string, step: Step): void {
  const path = join(copy, step.path);
  if (step.kind === 'delete') {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  // Whatever permissions the user's file has: this is a copy.
  rmSync(path, { force: true });
  writeFileSync(path, step.bytes);
  chmodSync(path, step.mode | 0o600);
}

function configurationChecks(theirs: readonly TemplateFile[]): readonly Check[] {
  const text = theirs.find(({ path }) => path === CHECKS_PATH)?.text;
  // Written by our own templates a moment before.
  return text === undefined ? [] : (JSON.parse(text) as readonly Check[]);
}

function typeChecks(root: string, copy: string): readonly Check[] {
  const modules = join(root, 'node_modules');
  if (!existsSync(join(copy, 'tsconfig.json'))) return [];
  if (existsSync(modules)) symlinkSync(resolve(modules), join(copy, 'node_modules'));
  return [{ name: 'types (tsc)', program: join(copy, 'node_modules/.bin/tsc'), arguments: ['--noEmit', '--project', '.'] }];
}

const isTypeCheckOfMarkers = ({ program }: Check, steps: readonly Step[]): boolean =>
  basename(program) === 'tsc' && steps.some((step) => step.kind === 'write' && step.path.endsWith('.ts') && hasOurMarkers(step.bytes.toString('utf8')));

/** True, why it was not run, or what it said when it failed. Never through a shell. */
function runCheck({ program, arguments: parameters, needs = [] }: Check, cwd: string): true | string | { readonly output: string } {
  const missing = [program, ...needs].filter((needed) => !isInstalled(needed));
  if (missing.length > 0) return `${missing.map((path) => basename(path)).join(', ')} is not installed`;
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { cwd, encoding: 'utf8', timeout: CHECK_TIMEOUT_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  return status === 0 ? true : { output: `${stdout}${stderr}${error?.message ?? ''}`.trim() };
}

function isInstalled(program: string): boolean {
  const folders = program.includes('/') ? [''] : [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => isExecutable(folder === '' ? program : join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: either way the search goes on.
    return false;
  }
}
