import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

import plugin from '../../src/index.js';

const run = promisify(execFile);
/** Git ignores it. A version of a package never changes, so what is there is kept. */
const cacheFolder = fileURLToPath(new URL('../../../.cache/packages/', import.meta.url));
const DOWNLOAD_TIMEOUT_MS = 120_000;
/** Longer ones are bundles, which nobody wrote. */
const MAX_CHARACTERS = 400_000;

/** A report, by its place: no code of others is kept here. */
export interface Report {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

/** Downloads a package without running anything of it. Throws if it cannot be had. @returns its folder */
export async function publishedPackage(name: string, version: string): Promise<string> {
  const folder = join(cacheFolder, `${name.replaceAll('/', '+')}@${version}`);
  if (existsSync(join(folder, 'package'))) return join(folder, 'package');
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', unfinished, `${name}@${version}`], { timeout: DOWNLOAD_TIMEOUT_MS });
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[]; // As npm writes it.
  if (packed === undefined) throw new Error(`npm packed nothing for ${name}@${version}`);
  await run('tar', ['--extract', '--gzip', '--file', join(unfinished, packed.filename.replace(/^@/, '').replace('/', '-')), '--directory', unfinished]);
  // Some old tarballs call their folder otherwise.
  const [top] = readdirSync(unfinished, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (top !== undefined && top.name !== 'package') renameSync(join(unfinished, top.name), join(unfinished, 'package'));
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return join(folder, 'package');
}

/** Files of code, without tests, types and what was minified. */
export function* codeFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* codeFiles(path);
    else if (/\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$|\.min\.|\.(test|spec)\./.test(entry.name)) yield path;
  }
}

/** @returns what a configuration reports in a file of a package, and how many lines that has; undefined for a bundle */
export function lintedFile(root: string, path: string, config: 'recommended' | 'all'): { readonly lines: number; readonly reports: readonly Report[] } | undefined {
  const text = readFileSync(path, 'utf8');
  if (text.length > MAX_CHARACTERS) return undefined;
  const file = path.slice(root.length + 1);
  const sourceType = /^(import|export) /m.test(text) ? 'module' : 'commonjs';
  const languageOptions = { ecmaVersion: 'latest', sourceType, ...(file.endsWith('.ts') && { parser }) } as const;
  const messages = new Linter().verify(text, [{ ...plugin.configs[config], files: ['**'], languageOptions, linterOptions: { noInlineConfig: true } }], { filename: file });
  const broken = messages.find(({ fatal }) => fatal);
  if (broken !== undefined) throw new Error(`${path}: ${broken.message}`);
  return { lines: text.split('\n').length, reports: messages.flatMap(({ ruleId, line }) => (ruleId === null ? [] : [{ rule: ruleId.slice('hcnode/'.length), file, line }])) };
}
