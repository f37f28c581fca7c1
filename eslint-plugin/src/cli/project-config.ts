import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { ESLint, Linter } from 'eslint';

import plugin from '../index.js';
import { UsageError } from './errors.js';

export type ESLintClass = new (options?: ESLint.Options) => ESLint;

const TYPESCRIPT = /\.([cm]ts|tsx?)$/;
/** Enough to see how a project is configured: that depends on the file. */
const MAX_SAMPLES = 20;

/**
 * How to lint a project: by its own configuration if that has rules of hcnode, else with the recommended ones added to it;
 * with none of its own, by one that fits most projects. Other rules do not run.
 *
 * @param files what will be linted
 * @param settings what to add to `settings.hcnode`
 * @throws UsageError if there is TypeScript and nothing that parses it
 */
export async function optionsFor(Engine: ESLintClass, cwd: string, files: readonly string[], settings: Readonly<Record<string, unknown>>): Promise<ESLint.Options> {
  const common: ESLint.Options = { cwd, ruleFilter: ({ ruleId }) => ruleId.startsWith('hcnode/'), warnIgnored: false };
  const added: Linter.Config = {
    // They may be for the rules that do not run now.
    linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' },
    settings: { hcnode: settings },
  };
  const project = new Engine({ cwd });
  if ((await project.findConfigFile()) === undefined) return { ...common, overrideConfigFile: true, baseConfig: [...ownConfig(cwd, files), added] };
  const configs = await Promise.all(samplesOf(files).map(async (file) => (await project.calculateConfigForFile(file)) as Linter.Config | undefined));
  const isOn = configs.some((config) => Object.keys(config?.rules ?? {}).some((name) => name.startsWith('hcnode/')));
  if (isOn) return { ...common, overrideConfig: [added] };
  const isKnown = configs.some((config) => config?.plugins?.['hcnode'] !== undefined);
  const { rules = {}, plugins = {} } = plugin.configs.recommended;
  return { ...common, overrideConfig: [{ rules, ...(!isKnown && { plugins }) }, plugin.configs['off-in-tests'], added] };
}

function ownConfig(cwd: string, files: readonly string[]): Linter.Config[] {
  const parser = files.some((file) => TYPESCRIPT.test(file)) ? typescriptParser(cwd) : undefined;
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

/** Spread over the project. */
function samplesOf(files: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(files.length / MAX_SAMPLES));
  return files.filter((_, position) => position % step === 0).slice(0, MAX_SAMPLES);
}
