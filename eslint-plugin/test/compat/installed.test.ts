import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import plugin from '../../src/index.js';
import { expectToWork, layDown } from './cell.js';
import { packPlugin, Project } from './project.js';

const project = new Project();
const installed = join(project.folder, 'node_modules/eslint-plugin-hcnode');

beforeAll(async () => {
  layDown(project);
  await project.unpack(await packPlugin(project), ['eslint', 'typescript', '@eslint', '@types']);
  mkdirSync(join(project.folder, 'node_modules/.bin'));
  for (const [name, path] of [['eslint', 'eslint/bin/eslint.js'], ['tsc', 'typescript/bin/tsc'], ['hcnode-lint', 'eslint-plugin-hcnode/dist/hcnode-lint.js']] as const) {
    symlinkSync(join(project.folder, 'node_modules', path), join(project.folder, 'node_modules/.bin', name));
  }
  chmodSync(join(installed, 'dist/hcnode-lint.js'), 0o755);
}, 120_000);

afterAll(() => { project.remove(); });

test('works from the tarball: configurations, command, types', async () => {
  await expectToWork(project);
}, 120_000);

test('holds what it needs, and asks for ESLint only', () => {
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'index.d.ts', 'package.json']);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty('dependencies');
  expect(Object.keys(manifest['peerDependencies'] ?? {})).toEqual(['eslint']);
  expect(manifest['version']).toBe(plugin.meta.version);
  expect(readFileSync(join(installed, 'index.d.ts'), 'utf8').match(/from '[^']+'/g)).toEqual(["from 'eslint'"]);
  const imports = readdirSync(join(installed, 'dist')).filter((name) => name.endsWith('.js')).flatMap((name) => readFileSync(join(installed, 'dist', name), 'utf8').match(/^(?:import|} from) .*/gm) ?? []);
  const sources = imports.flatMap((line) => /"([^"]+)"/.exec(line)?.[1] ?? []);
  expect(sources).not.toEqual([]);
  expect(sources.filter((source) => !isBuiltin(source) && !/^\.\/chunk-\w+\.js$/.test(source))).toEqual([]);
});

test('the page of every rule lies where the rule says', () => {
  const pages = readdirSync(join(installed, 'dist/rules'));
  expect(pages.sort()).toEqual(Object.keys(plugin.rules).map((name) => `${name}.md`).sort());
});
