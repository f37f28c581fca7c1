import { expect } from 'vitest';

import type { Project } from './project.js';

const LEAK = 'export function watch() {\n  setInterval(() => {}, 1000);\n}\n';

const files = {
  'package.json': '{ "name": "compat", "version": "1.0.0", "private": true }\n',
  'src/leak.mjs': LEAK,
  'src/leak.test.mjs': LEAK,
  'esm.config.mjs': `
    import hcnode, { configs, meta, rules } from 'eslint-plugin-hcnode';
    import { defineConfig } from 'eslint/config';
    if (hcnode.configs !== configs || hcnode.rules !== rules || hcnode.meta !== meta) throw new Error('named exports differ from the default one');
    export default defineConfig([{ plugins: { hcnode }, extends: ['hcnode/recommended'] }, hcnode.configs['off-in-tests']]);`,
  'cjs.config.cjs': `
    const { configs } = require('eslint-plugin-hcnode').default;
    module.exports = [configs.recommended, configs['off-in-tests']];`,
  'configuration.mts': `
    import hcnode, { configs, type HcnodeSettings } from 'eslint-plugin-hcnode';
    import type { ESLint, Linter } from 'eslint';
    import { defineConfig } from 'eslint/config';
    const settings: HcnodeSettings = { longLived: ['bus'], crossFile: 'index' };
    export const one: Linter.Config = configs.recommended;
    export const version: string = hcnode.meta.version;
    export const plugin: ESLint.Plugin = hcnode;
    // @ts-expect-error no such configuration
    export const none = configs.nonsense;
    export default defineConfig([configs.recommended, hcnode.configs.strict, configs['with-peers'], { settings: { hcnode: settings } }, { plugins: { hcnode }, extends: ['hcnode/all'] }]);`,
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', lib: ['es2023'], strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, types: [] }, files: ['configuration.mts'] }),
};

/** Lays down what a user of the plugin has: configurations of each kind, code that leaks, and a test that does so too. */
export function layDown(project: Project): void {
  project.write(files);
}

/** What has to hold wherever the plugin is installed. */
export async function expectToWork(project: Project): Promise<void> {
  for (const config of ['esm.config.mjs', 'cjs.config.cjs']) {
    const linted = await project.runInstalled('eslint', ['--config', config, '--format', 'json', 'src']);
    expect(linted.exitCode, linted.output).toBe(1);
    const results = JSON.parse(linted.output) as { filePath: string; messages: { ruleId: string; line: number }[] }[];
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line }) => `${filePath.split('/').at(-1) ?? ''}:${line} ${ruleId}`))).toEqual(['leak.mjs:2 hcnode/no-leaked-interval']);
  }
  const command = await project.runInstalled('hcnode-lint', ['src', '--format', 'json']);
  expect(command.exitCode, command.output).toBe(1);
  expect(JSON.parse(command.output)).toMatchObject({ reports: [{ file: 'src/leak.mjs', line: 2 }] });
  const typed = await project.runInstalled('tsc', ['--project', '.']);
  expect(typed.output).toBe('');
}
