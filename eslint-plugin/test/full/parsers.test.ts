import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { packPlugin, Project } from '../compat/project.js';
import { caseFiles, casesFolder } from '../corpus/labels.js';

const PACKAGES = ['eslint@10.15.0', '@typescript-eslint/parser@8.72.0', 'typescript@6.0.3', '@babel/core@8.1.2', '@babel/eslint-parser@8.1.2', 'oxlint@1.94.0', 'ts-blank-space@0.6.2'];

/** What only TypeScript can be: these have no form of plain JavaScript that keeps their lines. */
const ONLY_TYPESCRIPT = new Set(['02-listener.bad.ts', '06-sync-cp.bad.ts', '49-decorated.bad.ts', '49-decorated.good.ts']);

const project = new Project();
let expected: readonly string[];

beforeAll(async () => {
  project.write({
    'package.json': '{ "name": "parsers", "version": "1.0.0", "private": true }\n',
    'typescript.config.mjs': config("import * as parser from '@typescript-eslint/parser';", '{ parser }', '**/*.ts'),
    'with-babel.mjs': config("import parser from '@babel/eslint-parser';", "{ parser, parserOptions: { requireConfigFile: false, babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ['typescript', 'decorators-legacy'] } } } }", '**/*.ts'),
    'espree.config.mjs': config('', "{ ecmaVersion: 'latest', sourceType: 'module' }", '**/*.mjs'),
    '.oxlintrc.json': '',
    'strip.mjs': `
      import { readFileSync, readdirSync, mkdirSync, writeFileSync } from 'node:fs';
      import blankSpace from 'ts-blank-space';
      mkdirSync('plain');
      for (const name of readdirSync('cases')) writeFileSync('plain/' + name.replace(/ts$/, 'mjs'), blankSpace.default?.(readFileSync('cases/' + name, 'utf8')) ?? blankSpace(readFileSync('cases/' + name, 'utf8')));`,
  });
  project.copy(casesFolder, 'cases');
  const { exitCode, output } = await project.install([await packPlugin(project), ...PACKAGES]);
  expect(exitCode, output).toBe(0);
  expected = await linted('typescript.config.mjs', 'cases');
  expect(expected.length).toBeGreaterThan(0);
});

afterAll(() => { project.remove(); });

function config(imports: string, languageOptions: string, files: string): string {
  return `${imports}\nimport hcnode from 'eslint-plugin-hcnode';\nexport default [{ ...hcnode.configs.all, files: ['${files}'], languageOptions: ${languageOptions} }];\n`;
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[];
}

/** Reports as `file:line rule`, without the ends of file names. */
async function linted(configFile: string, folder: string): Promise<readonly string[]> {
  const { output } = await project.runInstalled('eslint', ['--config', configFile, '--format', 'json', '--no-inline-config', folder]);
  return (JSON.parse(output) as readonly Result[])
    .flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, message }) => `${filePath.replace(/^.*\/|\.\w+$/g, '')}:${line} ${ruleId ?? message}`))
    .sort();
}

test('@babel/eslint-parser leads to the same reports as @typescript-eslint/parser', async () => {
  expect(await linted('with-babel.mjs', 'cases')).toEqual(expected);
});

test('espree leads to the same reports on the same code without its types', async () => {
  const stripped = await project.run('node', ['strip.mjs']);
  expect(stripped.exitCode, stripped.output).toBe(0);
  const skipped = [...ONLY_TYPESCRIPT].map((name) => name.replace(/\.ts$/, ''));
  const isPlain = (report: string): boolean => !skipped.some((name) => report.startsWith(`${name}:`));
  expect((await linted('espree.config.mjs', 'plain')).filter(isPlain)).toEqual(expected.filter(isPlain));
});

test('oxlint leads to the same reports as ESLint', async () => {
  expect(caseFiles.length).toBeGreaterThan(0);
  const rules = await project.run('node', ['--input-type=module', '--eval', "import p from 'eslint-plugin-hcnode'; console.log(JSON.stringify(Object.fromEntries(Object.keys(p.rules).map((name) => ['hcnode/' + name, 'error']))))"]);
  project.write({ '.oxlintrc.json': JSON.stringify({ jsPlugins: ['eslint-plugin-hcnode'], plugins: [], categories: { correctness: 'off' }, rules: JSON.parse(rules.output) as object }) });
  const { output } = await project.runInstalled('oxlint', ['--format', 'json', join(project.folder, 'cases')]);
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code?: string; message: string; labels: { span: { line: number } }[] }[] };
  const found = diagnostics.map(({ filename, code, message, labels }) => `${filename.replace(/^.*\/|\.\w+$/g, '')}:${labels[0]?.span.line ?? 0} ${code?.replace(/^(.*)\((.*)\)$/, '$1/$2') ?? message}`).sort();
  expect(found).toEqual(expected);
});
