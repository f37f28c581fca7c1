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
  ],
  invalid: [
    { code: 'const wm = new WeakMap(); for (const [k] of wm) log(k);', errors: [{ messageId: 'noEntries', data: { type: 'WeakMap', member: '[Symbol.iterator]' }, line: 1, column: 45, endColumn: 47 }] },
    { code: 'const wm: any = new WeakMap(); wm.forEach(f);', errors: [{ messageId: 'noEntries', data: { type: 'WeakMap', member: "'forEach'" } }] },
    { code: 'const wm = new WeakMap(), ws = new WeakSet(); log(wm.size, [...ws]);', errors: [{ messageId: 'noEntries' }, { messageId: 'noEntries' }] },
    { code: 'const ws = new WeakSet(); Array.from(ws); new Set(ws); Object.keys(ws);', errors: [{ messageId: 'noEntries' }, { messageId: 'noEntries' }, { messageId: 'noEntries' }] },
    { code: 'class C { #m = new WeakMap(); dump() { return this.#m.keys(); } }', errors: [{ messageId: 'noEntries' }] },
    { code: 'new WeakMap().clear();', errors: [{ messageId: 'noEntries' }] },
  ],
});
