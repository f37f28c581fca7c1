import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../index.js';

const rules = Object.fromEntries(['crypto', 'fs', 'zlib', 'child-process'].map((name) => [`hcnode/no-sync-${name}-in-handler`, 'error' as const]));
const START = "import fs from 'node:fs';\nimport { rmSync } from 'fs';\nimport crypto, { scryptSync } from 'crypto';\nimport zlib from 'zlib';\nimport cp from 'child_process';\nimport bcrypt from 'bcrypt';\n";

/** What the suggestions make of the body of a handler. */
function suggested(handler: string, start = START): readonly string[] {
  const code = `${start}fastify.get('/', ${handler});`;
  const config = { languageOptions: { parser, sourceType: 'module' }, plugins: { hcnode: plugin as never }, rules } as Linter.Config;
  const reports = new Linter().verify(code, [config]);
  expect(reports).not.toEqual([]);
  return reports.flatMap(({ suggestions = [] }) => suggestions.map(({ fix: { range, text } }) => code.slice(0, range[0]) + text + code.slice(range[1])));
}

test.each([
  ["async () => fs.readFileSync('x', 'utf8')", "async () => await fs.promises.readFile('x', 'utf8')"],
  ["async () => { const text = fs.readFileSync('x').toString(); return text; }", "async () => { const text = (await fs.promises.readFile('x')).toString(); return text; }"],
  ["async (q) => bcrypt.compareSync(q.body.word, hash)", 'async (q) => await bcrypt.compare(q.body.word, hash)'],
])('%s becomes %s', (before, after) => {
  expect(suggested(before)).toEqual([`${START}fastify.get('/', ${after});`]);
});

test.each([
  ["async () => { rmSync('x'); }", "async () => { await rm('x'); }", "import { rm } from 'node:fs/promises';\n"],
  ["async () => crypto.pbkdf2Sync('a', 'b', 1, 2, 'sha512')", "async () => await promisify(crypto.pbkdf2)('a', 'b', 1, 2, 'sha512')", "import { promisify } from 'node:util';\n"],
  ["async () => scryptSync('a', 'b', 64)", "async () => await promisify(scrypt)('a', 'b', 64)", "import { promisify } from 'node:util';\nimport { scrypt } from 'node:crypto';\n"],
  ['async (q) => zlib.gzipSync(q.body)', 'async (q) => await promisify(zlib.gzip)(q.body)', "import { promisify } from 'node:util';\n"],
  ["async () => cp.execFileSync('date', ['-u'])", "async () => (await promisify(cp.execFile)('date', ['-u'])).stdout", "import { promisify } from 'node:util';\n"],
])('%s becomes %s, with an import', (before, after, imported) => {
  expect(suggested(before)).toEqual([`${imported}${START}fastify.get('/', ${after});`]);
});

test.each([
  // Would need a handler that is async, whose errors then go elsewhere.
  "(q, r) => { r.send(fs.readFileSync('x')); }",
  "async (q, r) => { r.send(names.map((name) => fs.readFileSync(name))); }",
  "async (q, text = fs.readFileSync('x')) => text",
  "async () => { class A { text = fs.readFileSync('x'); } return new A(); }",
  // Other forms take other arguments, or give something else.
  "async () => fs.existsSync('x')",
  "async () => fs.openSync('x')",
  "async () => fs.statSync('x', { throwIfNoEntry: false })",
  "async () => cp.spawnSync('date')",
  "async () => cp.execSync('date', { stdio: 'inherit' })",
  // The name stands for something else.
  "async (rm) => { rmSync('x'); }",
  "async () => { log()\n  fs.readFileSync('x').toString() }",
])('nothing is suggested for %s', (handler) => {
  expect(suggested(handler)).toEqual([]);
});

test('a name that is imported already is used', () => {
  const start = "const fs = require('fs'); const { promisify: promised } = require('util'); const { gzipSync, gzip } = require('zlib');\n";
  expect(suggested('async (q) => gzipSync(q.body)', start)).toEqual([`${start}fastify.get('/', async (q) => await promised(gzip)(q.body));`]);
});
