import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-weak-collection-iteration.js';

new RuleTester().run('no-weak-collection-iteration', rule, {
  valid: [
    'const wm = new WeakMap(); wm.get(o); wm.has(o); wm.set(o, 1); wm.delete(o);',
    'const map = new Map(); map.forEach(f); for (const x of map) log(x, map.size);',
    'class W extends WeakMap { get size() { return 0; } } new W().size;',
    'let c = new WeakMap(); c = new Map(); c.forEach(f);',
    'class WeakMap { forEach() {} } new WeakMap().forEach();',
    'function f(wm) { wm.forEach(g); } const wm = new WeakMap();',
    'class C { #m = new Map(); dump() { return this.#m.keys(); } other = new WeakMap(); }',
    'class C { constructor(weak) { this.m = weak ? new WeakSet() : new Set(); } dump() { return [...this.m]; } }',
    'class C { m = new WeakSet(); reset() { this.m = new Set(); } dump() { return [...this.m]; } }',
    'function dump(map) { return [...map]; } dump(new WeakSet()); dump(new Set());',
    'export function dump(map) { return [...map]; } dump(new WeakSet());',
    'async function make() { return new WeakSet(); } for (const each of make()) log(each);',
    'const make = (weak) => { if (weak) return new WeakSet(); return new Set(); }; make().clear();',
    'const state = { seen: new WeakSet() }; state.seen = new Set(); log(state.seen.size);',
    'const wm = new WeakMap(); const { get, ...rest } = wm; log({ ...wm });',
    'for (const wm of [new WeakMap()]) { log(other.size); } const [seen = new WeakSet()] = lists; seen.forEach(f);',
  ],
  invalid: [
    { code: 'const wm = new WeakMap(); for (const [k] of wm) log(k);', errors: [{ messageId: 'noEntries', data: { type: 'WeakMap', member: '[Symbol.iterator]' }, line: 1, column: 45, endColumn: 47 }] },
    { code: 'const wm: any = new WeakMap(); wm.forEach(f);', errors: [{ messageId: 'noEntries', data: { type: 'WeakMap', member: "'forEach'" } }] },
    { code: 'const wm = new WeakMap(), ws = new WeakSet(); log(wm.size, [...ws]);', errors: [{ messageId: 'noEntries' }, { messageId: 'noEntries' }] },
    { code: 'const ws = new WeakSet(); Array.from(ws); new Set(ws); Object.keys(ws);', errors: [{ messageId: 'noEntries' }, { messageId: 'noEntries' }, { messageId: 'noEntries' }] },
    { code: 'class C { #m = new WeakMap(); dump() { return this.#m.keys(); } }', errors: [{ messageId: 'noEntries' }] },
    { code: 'class C { constructor() { this.m = new WeakSet(); } close() { for (const each of this.m) each.close(); } }', errors: [{ messageId: 'noEntries' }] },
    { code: 'class C { #m; add(x) { this.#m ??= new WeakSet(); this.#m.add(x); } all() { return [...this.#m]; } }', errors: [{ messageId: 'noEntries' }] },
    { code: 'function Pool() { this.seen = new WeakMap(); } Pool.prototype.count = function () { return this.seen.size; };', errors: [{ messageId: 'noEntries' }] },
    { code: 'let seen = new WeakSet(); function reset() { seen = new WeakSet(); } export const count = () => seen.size;', errors: [{ messageId: 'noEntries' }] },
    { code: 'const state = { seen: new WeakSet() }; log(state.seen.size);', errors: [{ messageId: 'noEntries' }] },
    { code: 'const wm = new WeakMap(); const { size } = wm as any; const [first] = wm;', errors: [{ messageId: 'noEntries', data: { type: 'WeakMap', member: "'size'" } }, { messageId: 'noEntries' }] },
    { code: 'const make = () => new WeakMap(); const store = make(); store.clear();', errors: [{ messageId: 'noEntries' }] },
    { code: 'const wm = new WeakMap(); function* all() { yield* wm; }', errors: [{ messageId: 'noEntries' }] },
    { code: 'function dump(map) { for (const each of map) log(each); } const wm = new WeakMap(); dump(wm);', errors: [{ messageId: 'noEntries', line: 1, column: 41, endColumn: 44 }] },
    { code: 'new WeakMap().clear();', errors: [{ messageId: 'noEntries' }] },
  ],
});
