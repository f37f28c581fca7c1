import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import type { ESLint, Linter } from 'eslint';

import plugin from '../index.js';
import { UsageError } from './errors.js';

export type ESLintClass = new (options?: ESLint.Options) => ESLint;

const CODE = /\.[cm]?[jt]sx?$/;
const TYPESCRIPT = /\.([cm]ts|tsx?)$/;
/** Enough to see how a project is configured. */
const MAX_SAMPLES = 20;
const MAX_FOLDERS = 2000;

/**
 * How to lint a project: by its own configuration if that has rules of hcnode, else with the recommended ones added to it;
 * with none of its own, by one that fits most projects. Other rules do not run.
 *
 * @param settings what to add to `settings.hcnode`
 * @throws UsageError if there is TypeScript and nothing that parses it
 */
export async function optionsFor(Engine: ESLintClass, cwd: string, paths: readonly string[], settings: Readonly<Record<string, unknown>>): Promise<ESLint.Options> {
  const common: ESLint.Options = { cwd, ruleFilter: ({ ruleId }) => ruleId.startsWith('hcnode/'), warnIgnored: false };
  const samples = sampleFiles(cwd, paths);
  const added: Linter.Config = {
    // They may be for the rules that do not run now.
    linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' },
    settings: { hcnode: settings },
  };
  const project = new Engine({ cwd });
  if ((await project.findConfigFile()) === undefined) return { ...common, overrideConfigFile: true, baseConfig: [...ownConfig(cwd, samples), added] };
  const configs = await Promise.all(samples.map(async (file) => (await project.calculateConfigForFile(file)) as Linter.Config | undefined));
  const isOn = configs.some((config) => Object.keys(config?.rules ?? {}).some((name) => name.startsWith('hcnode/')));
  if (isOn) return { ...common, overrideConfig: [added] };
  const isKnown = configs.some((config) => config?.plugins?.['hcnode'] !== undefined);
  const { rules = {}, plugins = {} } = plugin.configs.recommended;
  return { ...common, overrideConfig: [{ rules, ...(!isKnown && { plugins }) }, plugin.configs['off-in-tests'], added] };
}

function ownConfig(cwd: string, samples: readonly string[]): Linter.Config[] {
  const parser = samples.some((file) => TYPESCRIPT.test(file)) ? typescriptParser(cwd) : undefined;
  return [
    { ignores: ['**/{dist,build,out,coverage,vendor}/**', '**/*.{min,bundle}.js', '**/*.d.{ts,mts,cts}'] },
    { files: ['**/*.{js,mjs,cjs,jsx}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    ...(parser === undefined ? [] : [{ files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } }]),
    plugin.configs.recommended,
    plugin.configs['off-in-tests'],
  ];
}

function typescriptParser(cwd: string): Linter.Parser {
  const load = createRequire(join(cwd, 'package.json'));
  for (const name of ['@typescript-eslint/parser', 'typescript-eslint']) {
    try {
      const loaded = load(name) as Linter.Parser & { readonly parser?: Linter.Parser; readonly default?: { readonly parser?: Linter.Parser } }; // As their documentation says.
      return loaded.parser ?? loaded.default?.parser ?? loaded;
    } catch {
      // Not installed, or not for this version of TypeScript: the next one may be.
    }
  }
  throw new UsageError('There are files of TypeScript, and no parser for them: npm install --save-dev @typescript-eslint/parser typescript, or write an eslint.config.js with another one.');
}

/** A few files of code below the paths: which configuration is in force depends on the file. */
function sampleFiles(cwd: string, paths: readonly string[]): readonly string[] {
  const samples: string[] = [];
  const folders = paths.map((path) => resolve(cwd, path.replace(/[*?{[].*$/, '')));
  for (let at = 0; at < folders.length && at < MAX_FOLDERS && samples.length < MAX_SAMPLES; at++) {
    const folder = folders[at] ?? cwd;
    if (isFile(folder)) {
      if (CODE.test(folder)) samples.push(folder);
      continue;
    }
    for (const entry of entriesOf(folder)) {
      if (entry.isFile() && CODE.test(entry.name)) samples.push(join(folder, entry.name));
      else if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) folders.push(join(folder, entry.name));
    }
  }
  return samples.slice(0, MAX_SAMPLES);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // ESLint says what is wrong with a path.
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
