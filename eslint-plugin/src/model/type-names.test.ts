import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import type * as ESTree from 'estree';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { typeNamesOf } from './type-names.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hcnode-types-'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, target: 'es2023', types: [] }, files: ['a.ts'] }));
});
afterAll(() => { rmSync(folder, { recursive: true }); });

function namesIn(code: string, isTyped: boolean): readonly string[] | undefined {
  const filename = join(folder, 'a.ts');
  writeFileSync(filename, code);
  let names: ReadonlySet<string> | undefined;
  const rule: Rule.RuleModule = {
    create: (context) => ({
      'CallExpression[callee.name="look"]'(node: ESTree.SimpleCallExpression) { names = typeNamesOf(node.arguments[0] ?? node, context.sourceCode); },
    }),
  };
  // With CI set the parser takes a program for the whole run; here the file changes between two tests.
  const parserOptions = isTyped ? { project: './tsconfig.json', tsconfigRootDir: folder, disallowAutomaticSingleRunInference: true } : {};
  const messages = new Linter({ cwd: folder }).verify(code, [{ files: ['**'], languageOptions: { parser, parserOptions }, plugins: { t: { rules: { look: rule } } }, rules: { 't/look': 'error' } }], { filename });
  expect(messages).toEqual([]);
  return names === undefined ? undefined : [...names];
}

const classes = 'class Emitter { a = 1 } class Socket extends Emitter { b = 2 } declare function look(a: unknown): void;';

test('names a type and what it extends', () => {
  expect(namesIn(`${classes} declare const s: Socket; look(s);`, true)).toEqual(['Socket', 'Emitter']);
});

test('names the parts of a union', () => {
  expect(namesIn(`${classes} declare const s: Socket | Map<string, string>; look(s);`, true)).toEqual(expect.arrayContaining(['Socket', 'Emitter', 'Map']));
});

test('says nothing of any, nor without types', () => {
  expect(namesIn(`${classes} declare const s: any; look(s);`, true)).toBeUndefined();
  expect(namesIn(`${classes} declare const s: Socket; look(s);`, false)).toBeUndefined();
});
