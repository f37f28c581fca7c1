import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../src/index.js';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const MAX_FILES = 400;
const MAX_FILE_BYTES = 200_000;

/** Real code in plain JavaScript, spread over all that is installed here. */
function* codeFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* codeFiles(join(folder, entry.name));
    else if (/\.[cm]?js$/.test(entry.name) && !entry.name.endsWith('.min.js')) yield join(folder, entry.name);
  }
}

function verify(text: string, filename: string, parser?: Linter.Parser): readonly Linter.LintMessage[] {
  const languageOptions = { ecmaVersion: 'latest', sourceType: /^(import|export) /m.test(text) ? 'module' : 'commonjs', ...(parser !== undefined && { parser }), parserOptions: { ecmaFeatures: { jsx: true } } } as const;
  return new Linter().verify(text, [{ ...plugin.configs.all, files: ['**'], languageOptions, linterOptions: { noInlineConfig: true } }], { filename });
}

test('no rule throws on real packages', () => {
  const all = [...codeFiles(modules)];
  const step = Math.max(1, Math.floor(all.length / MAX_FILES));
  const chosen = all.filter((_, position) => position % step === 0);
  let parsedCount = 0;
  for (const path of chosen) {
    const text = readFileSync(path, 'utf8');
    if (text.length > MAX_FILE_BYTES) continue;
    const name = path.slice(modules.length);
    expect(() => { if (!verify(text, name).some(({ fatal }) => fatal)) parsedCount++; }, name).not.toThrow();
  }
  // Else this has looked at nothing.
  expect(parsedCount).toBeGreaterThan(MAX_FILES / 2);
}, 120_000);

/** What an editor hands over between two keys, and what TypeScript, JSX and decorators can be. */
test.each([
  '',
  ';',
  'app.get("/", (req, res) => {});',
  'export default function () {}\nexport default class {}',
  'declare function f(a: string): void;\nfunction f(a: string): void;\nfunction f(a: unknown) { setInterval(f, 1); }',
  'class A { [key: string]: unknown; repo: B; async f() { await this.g(); this.repo.h(); } async g() { await this.f(); } } class B { [key: string]: unknown; h() {} }',
  'abstract class A { abstract m(): void; constructor(); constructor(private a?: string) {} get [Symbol.iterator]() { return 1; } static { setInterval(() => {}, 1); } }',
  '@d() class A { @d private a = 1; @d() m(@d() p: string) {} accessor b = 2; }',
  'namespace N { export namespace M { const a = setInterval(() => {}, 1); } }',
  'enum E { A = 1 }\ntype T = typeof import("fs");\nimport fs = require("fs");\nexport = fs;',
  'export const v = <T,>(a: T) => <div onClick={() => setInterval(() => {}, 1)}>{...[]}</div>;',
  'const { a = setInterval(() => {}, 1), ...rest } = {}, [b, , ...c] = [];',
  'let x; ({ x, y: [x.z] = [] } = process); x?.on?.("a", () => {})?.b; x!.on; (x as any).on("a", () => {}); (<any>x).on("b");',
  'label: for (;;) { for (const a of await b) continue label; }',
  'using a = f(); await using b = g();',
  'async function* g() { for await (const a of b) yield* a; return await import(`./${g}`); }',
  'export * as default from "fs"; import { "a b" as c } from "d";',
  'tag`a${(() => { setTimeout(() => {}, 1); })()}`; new (class extends (null as any) { #p = 1; m() { return #p in this; } })();',
])('no rule throws on %j', (text) => {
  expect(() => verify(text, 'a.tsx', typescriptParser as Linter.Parser)).not.toThrow();
});

test('no rule throws on 50,000 lines', () => {
  const text = `${'function f() { const t = setInterval(f, 1); return () => clearInterval(t); }\n'.repeat(25_000)}${'bus.on("a", () => {});\n'.repeat(25_000)}`;
  expect(verify(text, 'a.js').filter(({ fatal }) => fatal)).toEqual([]);
}, 120_000);
