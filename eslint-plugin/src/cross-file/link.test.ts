import * as parser from '@typescript-eslint/parser';
import { Linter, type SourceCode } from 'eslint';
import { describe, expect, test } from 'vitest';

import { functionsOf } from './functions.js';
import { link } from './link.js';
import { moduleResolver } from './resolve-module.js';
import { summarize, type MarkedHandler } from './summary.js';

function parsed(text: string, filename: string): SourceCode {
  const linter = new Linter();
  const messages = linter.verify(text, [{ files: ['**'], languageOptions: { parser } }], { filename });
  expect(messages).toEqual([]);
  return linter.getSourceCode();
}

/** Functions called `handler…` are handlers, and so is what `register()` is given: recognisers are tested elsewhere. */
function handlersOf(sourceCode: SourceCode): MarkedHandler[] {
  const functions = functionsOf(sourceCode);
  const mark = { scope: 'request', reason: 'app.get at line 1' } as const;
  const named = functions.list.filter((node) => functions.nameOf(node).startsWith('handler')).map((node) => ({ node, ...mark }));
  const registered = sourceCode.ast.body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' ? statement.expression.arguments.map((node) => ({ node, ...mark })) : [],
  );
  return [...named, ...registered];
}

/** What is reached from other files, as `file: function, reason`. */
function reached(files: Readonly<Record<string, string>>): string[] {
  const summaries = new Map(
    Object.entries(files).map(([file, text]) => {
      const sourceCode = parsed(text, file);
      // What is kept is JSON.
      return [file, JSON.parse(JSON.stringify(summarize(sourceCode, handlersOf(sourceCode)))) as ReturnType<typeof summarize>];
    }),
  );
  return [...link(summaries, moduleResolver(summaries.keys()))].flatMap(([file, roots]) =>
    roots.map(({ ordinal, reason }) => `${file}: ${summaries.get(file)?.functions[ordinal]?.name ?? ''}, ${reason}`),
  );
}

const REPO = 'export function load() { return read(); }\nfunction read() {}\nexport function other() {}';

describe('a call into another file', () => {
  test.each([
    ['by name', "import { load } from './repo.js'; export const handler = () => load();"],
    ['by another name', "import { load as get } from './repo'; export function handler() { get(); }"],
    ['through a namespace', "import * as repo from './repo.js'; export function handler() { repo.load(); }"],
    ['by require', "const { load } = require('./repo'); function handler() { load(); }"],
    ['by require of all', "const repo = require('./repo.js'); function handler() { repo.load(); }"],
    ['by import()', "export async function handler() { const { load } = await import('./repo.js'); load(); }"],
    ['through a function of its own', "import { load } from './repo.js'; function step() { load(); } export function handler() { [1].map(() => step()); }"],
    ['as a callback', "import { load } from './repo.js'; export function handler(ids) { ids.map(load); }"],
  ])('%s', (_, routes) => {
    expect(reached({ 'src/routes.ts': routes, 'src/repo.ts': REPO })).toEqual([expect.stringMatching(/^src\/repo\.ts: load, app\.get at line 1 of src\/routes\.ts via .*load$/)]);
  });

  test('of a handler that is registered elsewhere', () => {
    expect(reached({ 'routes.ts': "import { load } from './repo.js'; register('/', load);", 'repo.ts': REPO })).toEqual(['repo.ts: load, app.get at line 1 of routes.ts']);
  });

  test('by way of two files', () => {
    const files = { 'routes.ts': "import { find } from './service'; export function handler() { find(); }", 'service.ts': "import { load } from './repo'; export const find = async () => { await load(); };", 'repo.ts': REPO };
    expect(reached(files)).toEqual(['service.ts: find, app.get at line 1 of routes.ts via find', 'repo.ts: load, app.get at line 1 of routes.ts via find -> load']);
  });

  test('by way of a barrel', () => {
    const files = { 'routes.ts': "import { load, Repo } from './lib'; export function handler() { load(); new Repo().find(); }", 'lib/index.ts': "export * from './repo'; export { Repo } from './class';", 'lib/repo.ts': REPO, 'lib/class.ts': 'export class Repo { find() {} other() {} }' };
    expect(reached(files).map((text) => text.split(',')[0])).toEqual(['lib/repo.ts: load', 'lib/class.ts: find']);
  });

  test.each([
    ['an exported object', "import { repo } from './repo'; export function handler() { repo.find(); }", 'export const repo = { find() {}, other() {} };'],
    ['a default object', "import repo from './repo'; export function handler() { repo.find(); }", 'export default { find() {}, other() {} };'],
    ['an object of CommonJS', "const repo = require('./repo'); function handler() { repo.find(); }", 'function find() {}\nfunction other() {}\nmodule.exports = { find, other };'],
    ['a function of CommonJS', "const find = require('./repo'); function handler() { find(); }", 'module.exports = function find() {};'],
    ['exports of CommonJS', "const { find } = require('./repo'); function handler() { find(); }", 'exports.other = () => {};\nexports.find = () => {};'],
    ['an instance', "import { repo } from './repo'; export function handler() { repo.find(); }", 'class Repo { find() {} other() {} }\nexport const repo = new Repo();'],
    ['a class', "import { Repo } from './repo'; export function handler() { const repo = new Repo(); repo.find(); }", 'export class Repo { find() {} other() {} }'],
    ['what a constructor is given', "import { Repo } from './repo'; export class Controller { constructor(private readonly repo: Repo) {} handler() { this.repo.find(); } }", 'export class Repo { find() {} other() {} }'],
    ['a field', "import { Repo } from './repo'; export class Controller { #repo = new Repo(); handler() { this.#repo.find(); } }", 'export class Repo { find() {} other() {} }'],
    ['a static method', "import { Repo } from './repo'; export function handler() { Repo.find(); }", 'export class Repo { static find() {} find() {} other() {} }'],
  ])('a method of %s', (_, routes, repo) => {
    expect(reached({ 'routes.ts': routes, 'repo.ts': repo })).toEqual([expect.stringMatching(/^repo\.ts: find, /)]);
  });
});

describe('no call into another file', () => {
  test.each([
    ['of what no handler reaches', "import { load } from './repo'; export function start() { load(); } load();"],
    ['of a package', "import { load } from 'repo'; export function handler() { load(); }"],
    ['of a name that is shadowed', "import { load } from './repo'; export function handler(load) { load(); }"],
    ['of what is not exported', "import { read } from './repo'; export function handler() { read(); }"],
    ['of what TypeScript imports as a whole', "import repo = require('./none'); export function handler() { repo.load(); }"],
    ['of a member of what `this` is at the top', "import { load } from './repo'; export function handler() { later(this.load); } const f = () => this.load(); f();"],
    ['of a file that is not there', "import { load } from './none'; export function handler() { load(); }"],
  ])('%s', (_, routes) => {
    expect(reached({ 'routes.ts': routes, 'repo.ts': REPO })).toEqual([]);
  });

  test('goes round for ever', () => {
    const files = { 'a.ts': "import { b } from './b'; export * from './b'; export function a() { b(); } export function handler() { a(); none(); } import { none } from './b';", 'b.ts': "import { a } from './a'; export * from './a'; export function b() { a(); }" };
    expect(reached(files)).toHaveLength(1);
  });
});
