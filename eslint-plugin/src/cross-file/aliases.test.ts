import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { projectAliases } from './aliases.js';
import { moduleResolver } from './resolve-module.js';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'hcnode-aliases-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

function resolverFor(files: readonly string[], settings: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(settings)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const name of files) mkdirSync(dirname(join(folder, name)), { recursive: true });
  return moduleResolver(files, projectAliases(folder, files));
}

test('paths of tsconfig.json, with comments and through extends', () => {
  const resolve = resolverFor(['src/app.ts', 'src/lib/repo.ts', 'src/only.ts'], {
    'tsconfig.base.json': '{ /* of all */ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "only": ["src/only.ts"], } } }',
    'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
  });
  expect(resolve('src/app.ts', '@/lib/repo')).toBe('src/lib/repo.ts');
  expect(resolve('src/app.ts', '@/lib/repo.js')).toBe('src/lib/repo.ts');
  expect(resolve('src/app.ts', 'only')).toBe('src/only.ts');
  expect(resolve('src/app.ts', 'src/only')).toBe('src/only.ts');
  expect(resolve('src/app.ts', 'express')).toBeUndefined();
});

test('imports of package.json, of what is built as of its source', () => {
  const resolve = resolverFor(['src/app.ts', 'src/db/repo.ts', 'src/clock.ts'], {
    'package.json': '{ "name": "shop", "imports": { "#db/*": "./dist/db/*.js", "#clock": { "types": "./src/clock.ts", "default": "./dist/clock.js" } } }',
  });
  expect(resolve('src/app.ts', '#db/repo')).toBe('src/db/repo.ts');
  expect(resolve('src/app.ts', '#clock')).toBe('src/clock.ts');
  expect(resolve('src/app.ts', '#other')).toBeUndefined();
});

test('packages of the same repository by their names', () => {
  const resolve = resolverFor(['apps/api/src/main.ts', 'packages/db/src/index.ts', 'packages/db/src/repo.ts', 'packages/log/index.js'], {
    'packages/db/package.json': '{ "name": "@acme/db", "exports": { ".": "./dist/index.js", "./repo": "./dist/repo.js" } }',
    'packages/log/package.json': '{ "name": "log", "main": "index.js" }',
  });
  expect(resolve('apps/api/src/main.ts', '@acme/db')).toBe('packages/db/src/index.ts');
  expect(resolve('apps/api/src/main.ts', '@acme/db/repo')).toBe('packages/db/src/repo.ts');
  expect(resolve('apps/api/src/main.ts', '@acme/db/hidden')).toBeUndefined();
  expect(resolve('apps/api/src/main.ts', 'log')).toBe('packages/log/index.js');
  expect(resolve('apps/api/src/main.ts', '@acme/other')).toBeUndefined();
});

test('files that cannot be understood say nothing', () => {
  const resolve = resolverFor(['src/app.ts', 'src/repo.ts'], { 'package.json': '{ "imports": ', 'tsconfig.json': '{ "extends": "./gone.json", "compilerOptions": [] }' });
  expect(resolve('src/app.ts', '#repo')).toBeUndefined();
  expect(resolve('src/app.ts', '@/repo')).toBeUndefined();
  expect(resolve('src/app.ts', './repo.js')).toBe('src/repo.ts');
  expect(resolve('src/app.ts', '../../../etc/passwd')).toBeUndefined();
});
