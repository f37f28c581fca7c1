import { expect, test } from 'vitest';

import { mergeJson, mergeManifest } from './json.js';

const json = (value: unknown, indent: string | number = 2): string => `${JSON.stringify(value, null, indent)}\n`;
const clean = (text: string): object => ({ kind: 'clean', text });
const conflict = (text: string): object => ({ kind: 'conflict', text, hasMarkers: false });

test.each<[what: string, base: unknown, ours: unknown, theirs: unknown, merged: unknown]>([
  ['takes a new key', { a: 1 }, { a: 1, mine: 1 }, { a: 1, b: 2 }, { a: 1, b: 2, mine: 1 }],
  ['takes a new first key', { b: 1 }, { b: 2 }, { a: 0, b: 1 }, { a: 0, b: 2 }],
  ['takes a changed value', { a: 1, b: 1 }, { a: 1, b: 2 }, { a: 3, b: 1 }, { a: 3, b: 2 }],
  ['takes away what the template removed', { a: 1, b: 1 }, { a: 1, b: 1, mine: 1 }, { b: 1 }, { b: 1, mine: 1 }],
  ['leaves removed what the user removed, though the template changed it', { a: 1, b: 1 }, { b: 2 }, { a: 5, b: 1 }, { b: 2 }],
  ['takes once what both changed alike', { a: 1 }, { a: 2, mine: 1 }, { a: 2 }, { a: 2, mine: 1 }],
  ['goes into objects', { o: { a: 1, b: 1 } }, { o: { a: 2, b: 1 } }, { o: { a: 1, b: 3 } }, { o: { a: 2, b: 3 } }],
  ['goes into objects that both added', {}, { o: { a: 1 } }, { o: { b: 1 } }, { o: { b: 1, a: 1 } }],
  ['leaves the user’s order', { a: 1, b: 1, c: 1 }, { c: 1, b: 1, a: 1 }, { a: 1, b: 1, c: 2 }, { c: 2, b: 1, a: 1 }],
  ['adds to lists', { l: ['a'] }, { l: ['a', 'mine'] }, { l: ['a', 'b'] }, { l: ['a', 'b', 'mine'] }],
  ['removes from lists', { l: ['a', 'b', 'c'] }, { l: ['a', 'b', 'c', 'mine'] }, { l: ['b', 'c'] }, { l: ['b', 'c', 'mine'] }],
  ['changes the type of what nobody touched', { a: 1, b: 1 }, { a: 1, b: 2 }, { a: { deep: [] }, b: 1 }, { a: { deep: [] }, b: 2 }],
  ['knows the objects of a list by their id', { panels: [{ id: 1, w: 1 }, { id: 2, w: 1 }] }, { panels: [{ id: 2, w: 9 }, { id: 1, w: 1 }, { id: 7 }] }, { panels: [{ id: 1, w: 3 }, { id: 2, w: 1 }, { id: 4 }] }, { panels: [{ id: 2, w: 9 }, { id: 4 }, { id: 1, w: 3 }, { id: 7 }] }],
  ['removes an object of a list', [{ name: 'a' }, { name: 'b' }], [{ name: 'a' }, { name: 'b' }, { name: 'mine' }], [{ name: 'b' }], [{ name: 'b' }, { name: 'mine' }]],
  ['keeps null, empty and nested values apart', { a: null, b: '', c: [] }, { a: null, b: '', c: [], mine: {} }, { a: 0, b: null, c: {} }, { a: 0, b: null, c: {}, mine: {} }],
])('%s', (_, base, ours, theirs, merged) => {
  expect(mergeJson(json(base), json(ours), json(theirs))).toEqual(clean(json(merged)));
});

test.each<[what: string, base: unknown, ours: unknown, theirs: unknown, merged: unknown]>([
  ['a value', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 2 }, { a: 2, b: 2 }],
  ['a value that both added', {}, { a: 2 }, { a: 3, b: 1 }, { a: 2, b: 1 }],
  ['what the template removed', { a: 1, b: 1 }, { a: 2, b: 1 }, { b: 2 }, { a: 2, b: 2 }],
  ['an item', { l: ['--port', '3000'] }, { l: ['--port', '4000'] }, { l: ['--port', '5000'] }, { l: ['--port', '4000'] }],
  ['a value and an object', { a: 1 }, { a: { b: 1 } }, { a: 2 }, { a: { b: 1 } }],
])('where both changed %s, the user’s stays, the rest is merged, and it is a conflict', (_, base, ours, theirs, merged) => {
  expect(mergeJson(json(base), json(ours), json(theirs))).toEqual(conflict(json(merged)));
});

test.each<[what: string, indent: string | number, end: string]>([['tabs', '\t', '\n'], ['four spaces', 4, '\n'], ['no final newline', 2, '']])('keeps %s', (_, indent, end) => {
  const [base, ours, theirs] = [{ a: { x: 1 }, l: [1] }, { a: { x: 1 }, l: [1, 9] }, { a: { x: 2, y: { z: [1] } }, l: [1] }];
  const merged = mergeJson(json(base), JSON.stringify(ours, null, indent) + end, json(theirs));
  expect(merged).toEqual(clean(JSON.stringify({ a: { x: 2, y: { z: [1] } }, l: [1, 9] }, null, indent) + end));
});

test('keeps lists on their line', () => {
  const merged = mergeJson(json({ include: ['src', 'test'] }), '{\n  "include": ["src", "test", "tools"]\n}\n', json({ include: ['src', 'test', 'bench'] }));
  expect(merged).toEqual(clean('{\n  "include": ["src", "test", "bench", "tools"]\n}\n'));
});

test('keeps comments and trailing commas', () => {
  const ours = '// mine\n{\n  "compilerOptions": {\n    /* why */\n    "strict": true, // always\n    "lib": ["es2023", "dom"],\n  },\n}\n';
  const merged = mergeJson(json({ compilerOptions: { strict: true, lib: ['es2023'] } }), ours, json({ compilerOptions: { strict: true, target: 'es2024', lib: ['es2024'] } }));
  expect(merged).toMatchObject({ kind: 'conflict' });
  const added = mergeJson(json({ compilerOptions: { strict: true, lib: ['es2023'] } }), ours, json({ compilerOptions: { strict: true, lib: ['es2023'], noEmit: true }, include: ['src'] }));
  expect(added).toMatchObject({ kind: 'clean' });
  for (const line of ['// mine\n', '    /* why */\n    "strict": true, // always\n', '"lib": ["es2023", "dom"]', '    "noEmit": true', '  "include": [']) expect(added?.text).toContain(line);
});

test.each([
  ['the last', '{\n  "a": 1,\n  // mine\n  "b": 2 // why\n}\n', 'b', '{\n  "a": 1\n  // mine\n  // why\n}\n'],
  ['the first', '{\n  // mine\n  "a": 1, // why\n  // b\n  "b": 2\n}\n', 'a', '{\n  // mine\n  // why\n  // b\n  "b": 2\n}\n'],
  ['one of a line', '{ "a": 1, "b": 2 /* mine */ }', 'a', '{ "b": 2 /* mine */ }'],
  ['the last of a line', '{ "a": 1, "b": 2 /* mine */ }', 'b', '{ "a": 1 /* mine */ }'],
  ['the last with a comma behind it', '{\n  "a": 1,\n  "b": 2, // mine\n}\n', 'b', '{\n  "a": 1,\n  // mine\n}\n'],
])('what the template removes leaves its comments: %s', (_, ours, removed, text) => {
  const left = removed === 'a' ? '{"b": 2}' : '{"a": 1}';
  expect(mergeJson('{"a": 1, "b": 2}', ours, left)).toEqual(clean(text));
});

test.each([
  ['behind a comment', '{\n  "a": 1, // why\n  "z": 1\n}\n', '{\n  "a": 1, // why\n  "b": 2,\n  "z": 1\n}\n'],
  ['behind the last with a comment', '{\n  "z": 1,\n  "a": 1 // why\n}\n', '{\n  "z": 1,\n  "a": 1, // why\n  "b": 2\n}\n'],
  ['behind a comma at the end', '{\n  "z": 1,\n  "a": 1,\n}\n', '{\n  "z": 1,\n  "a": 1,\n  "b": 2,\n}\n'],
  ['on a line', '{ "a": 1, "z": 1 }', '{ "a": 1, "b": 2, "z": 1 }'],
  ['at the end of a line', '{ "z": 1, "a": 1 }', '{ "z": 1, "a": 1, "b": 2 }'],
  ['where nothing is left but a comment', '{\n  // mine\n}\n', '{\n  "b": 2\n  // mine\n}\n'],
  ['where nothing is left', '{}', '{\n  "b": 2\n}'],
])('what the template adds goes where it belongs: %s', (_, ours, text) => {
  expect(mergeJson('{"a": 1}', ours, '{"a": 1, "b": 2}')).toEqual(clean(text));
});

test.each([
  ['no JSON', '{'],
  ['a key twice', '{"a": 1, "a": 2}'],
  ['conflict markers', '<<<<<<< yours\n{}\n=======\n{}\n>>>>>>> x\n'],
  ['nothing', ''],
  ['a single value', '1'],
  ['a list where an object was', '[]'],
  ['what no stack can hold', '['.repeat(200_000)],
])('leaves %s to the merge by line', (_, ours) => {
  expect(mergeJson('{"a": 1}', ours, '{"a": 2}')).toBeUndefined();
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '1', 'a.b', '\u2028'])('the key %j is a key like any other', (key) => {
  const text = (value: number, mine = ''): string => `{\n  ${JSON.stringify(key)}: {\n    "a": ${value}\n  }${mine}\n}\n`;
  const mine = ',\n  "mine": 1';
  expect(mergeJson(text(1), text(1, mine), text(2))).toEqual(clean(text(2, mine)));
  expect(mergeJson('{\n  "a": 1\n}\n', '{\n  "a": 5\n}\n', `{\n  "a": 1,\n  ${JSON.stringify(key)}: 2\n}\n`)).toEqual(clean(`{\n  "a": 5,\n  ${JSON.stringify(key)}: 2\n}\n`));
  expect(({} as { a?: unknown }).a).toBeUndefined();
});

test('keeps the digits of numbers', () => {
  expect(mergeJson('{"a": 1, "n": 1}', '{"a": 12345678901234567890, "n": 1}', '{"a": 1, "n": 1.50}')).toEqual(clean('{"a": 12345678901234567890, "n": 1.50}'));
});

const manifest = (fastify: string, others: object = {}): string => json({ name: 'x', scripts: { build: 'tsc' }, dependencies: { fastify, ...others } });

test.each<[what: string, base: string, ours: string, theirs: string, merged: string]>([
  ['moves up what nobody touched', '^5.2.0', '^5.2.0', '^5.3.0', '^5.3.0'],
  ['leaves what the user raised above ours', '^5.2.0', '^6.0.0', '^5.3.0', '^6.0.0'],
  ['moves up what the user raised less far', '^5.2.0', '^5.2.5', '^5.3.0', '^5.3.0'],
  ['keeps a pin, and moves it up', '^5.2.0', '5.2.0', '^5.3.0', '5.3.0'],
  ['keeps a tilde, and moves it up', '^5.2.0', '~5.2.1', '^5.3.0', '~5.3.0'],
  ['takes the template’s operator', '^5.2.0', '^5.2.1', '~5.3.0', '~5.3.0'],
  ['knows before releases', '^5.2.0', '^6.0.0-beta.1', '^5.3.0', '^6.0.0-beta.1'],
  ['leaves several ranges that begin higher', '^5.2.0', '^6.0.0 || ^7.0.0', '^5.3.0', '^6.0.0 || ^7.0.0'],
  ['leaves a fork', '^5.2.0', 'github:me/fastify#fix', '^5.3.0', 'github:me/fastify#fix'],
  ['leaves a folder', '^5.2.0', 'file:../fastify', '^5.3.0', 'file:../fastify'],
  ['leaves a workspace', '^5.2.0', 'workspace:*', '^5.3.0', 'workspace:*'],
])('a dependency: %s', (_, base, ours, theirs, merged) => {
  expect(mergeManifest(manifest(base), manifest(ours, { zod: '^4.0.0' }), manifest(theirs))).toEqual(clean(manifest(merged, { zod: '^4.0.0' })));
});

test.each<[what: string, ours: string]>([['an older one', '^4.9.0'], ['any', '*'], ['several, some of them older', '^5.2.0 || ^4.0.0'], ['all from an older one on', '>=4']])('a dependency: %s is a conflict', (_, ours) => {
  expect(mergeManifest(manifest('^5.2.0'), manifest(ours), manifest('^5.3.0'))).toMatchObject({ kind: 'conflict', text: manifest(ours) });
});

test('a dependency that the template drops stays where the user moved it, and one that the user dropped stays away', () => {
  expect(mergeManifest(manifest('^5.2.0', { ws: '^8.0.0' }), manifest('^5.2.0', { ws: '^8.1.0' }), manifest('^5.2.0'))).toEqual(clean(manifest('^5.2.0', { ws: '^8.1.0' })));
  expect(mergeManifest(manifest('^5.2.0', { ws: '^8.0.0' }), manifest('^5.2.0'), manifest('^5.3.0', { ws: '^8.1.0' }))).toEqual(clean(manifest('^5.3.0')));
});

test('new dependencies go where npm sorts them', () => {
  expect(mergeManifest(manifest('^5.2.0'), manifest('^5.2.0', { zod: '^4.0.0' }), manifest('^5.2.0', { pino: '^9.0.0', prom: '^1.0.0' }))).toEqual(clean(manifest('^5.2.0', { pino: '^9.0.0', prom: '^1.0.0', zod: '^4.0.0' })));
});

test('scripts of both stay; one that both changed is a conflict', () => {
  const scripts = (entries: object): string => json({ scripts: entries });
  expect(mergeManifest(scripts({ build: 'tsc' }), scripts({ build: 'tsc', deploy: 'mine' }), scripts({ build: 'tsc -b', load: 'x' }))).toEqual(clean(scripts({ build: 'tsc -b', load: 'x', deploy: 'mine' })));
  expect(mergeManifest(scripts({ build: 'tsc' }), scripts({ build: 'mine' }), scripts({ build: 'tsc -b', load: 'x' }))).toEqual(conflict(scripts({ build: 'mine', load: 'x' })));
});

test('a large dashboard costs little', () => {
  const dashboard = (changed: number): string => json({ panels: Array.from({ length: 300 }, (_, id) => ({ id, title: `panel ${id}`, targets: [{ refId: 'A', expr: id % 30 === 0 ? `x${changed}` : 'x' }] })) });
  const ours = dashboard(0).replace('panel 7"', 'mine"');
  expect(mergeJson(dashboard(0), ours, dashboard(1))).toEqual(clean(dashboard(1).replace('panel 7"', 'mine"')));
});
