import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import type * as ESTree from 'estree';
import { expect, test } from 'vitest';

import { fileModel } from './model.js';

/** The place of the first argument of every call of `look`, as `name (life): number of uses`; `exported` where it is. */
function look(code: string): readonly string[] {
  const seen: string[] = [];
  const rule: Rule.RuleModule = {
    create: (context) => ({
      'CallExpression[callee.name="look"]'(node: ESTree.SimpleCallExpression) {
        const { places } = fileModel(context);
        const place = places.of(node.arguments[0]);
        if (place === undefined) seen.push('nowhere');
        else seen.push(`${place.name} (${place.life}): ${String(places.usesOf(place).length)}${places.isExported(place) ? ' exported' : ''}`);
      },
      'CallExpression[callee.name="put"]'(node: ESTree.SimpleCallExpression) {
        seen.push(fileModel(context).places.heldIn(node)?.name ?? 'nowhere');
      },
    }),
  };
  const messages = new Linter().verify(code, [{ files: ['**'], languageOptions: { parser }, plugins: { test: { rules: { look: rule } } }, rules: { 'test/look': 'error' } }], { filename: 'a.ts' });
  expect(messages).toEqual([]);
  return seen;
}

test.each([
  ['a variable of the module', 'let a; a = 1; look(a);', ['a (process): 2']],
  ['a local one', 'function f() { const a = g(); look(a); a.b(); }', ['a (call): 3']],
  ['one of a handler', 'import express from "express"; express().get("/", (req, res) => { const a = []; look(a); });', ['a (request): 2']],
  ['one of a plugin, from a handler', 'import express from "express"; export function f() { const a = []; express().get("/", (req, res) => { look(a); }); }', ['a (call): 2']],
  ['an alias', 'const a = g(); const b = a; b.c(); look(b);', ['a (process): 5']],
  ['a variable that is assigned twice is no alias', 'const a = g(); let b = a; b = 2; look(b);', ['b (process): 3']],
  ['a member', 'const s = {}; s.t.u = 1; s.t.u.clear(); look(s.t.u);', ['s.t.u (process): 3']],
  ['what is destructured', 'class A { p = new Map(); f() { const { p } = this; p.clear(); } g() { look(this.p); } }', ['this.p (instance): 4']],
  ['this under another name', 'class A { #p = 1; f() { const self = this; setTimeout(() => { self.#p = 2; }); look(this.#p); } }', ['this.#p (instance): 3']],
  ['a parameter that is a field', 'class A { constructor(private readonly bus: Bus) { bus.on(); } f() { look(this.bus); } }', ['this.bus (instance): 2']],
  ['static by this and by name', 'class A { static p = 1; static f() { this.p = 2; } g() { look(A.p); } }', ['A.p (process): 3']],
  ['methods of a prototype', 'function A() { this.t = 1; } A.prototype.f = function () { look(this.t); };', ['this.t (instance): 2']],
  ['methods of an object', 'const s = { t: put(), f() { this.t = 1; look(this.t); } }; s.t = 2;', ['s.t', 's.t (process): 3']],
  ['a global', 'look(process); process.on();', ['process (process): 2']],
  ['what is exported', 'export const a = 1; const b = 2; const c = 3; export { b }; module.exports = { c }; look(a); look(b); look(c);', ['a (process): 2 exported', 'b (process): 3 exported', 'c (process): 3 exported']],
  ['an index', 'look(a[0]); look(f());', ['nowhere', 'nowhere']],
  ['where values are put', 'class A { a = put(); b = () => { this.c = x ? put() : put()!; let d = put(); d ??= put(); e(put()); }; }', ['this.a', 'this.c', 'this.c', 'd', 'd', 'nowhere']],
] as const)('%s', (_, code, expected) => {
  expect(look(code)).toEqual(expected);
});
