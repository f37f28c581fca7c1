import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { mergeYaml } from './yaml.js';

const labels = { ours: 'yours', theirs: 'hcnode 1.1.0' };
const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');
const clean = (...texts: string[]): object => ({ kind: 'clean', text: lines(...texts) });
const merge = (base: readonly string[], ours: readonly string[], theirs: readonly string[]): ReturnType<typeof mergeYaml> => mergeYaml(lines(...base), lines(...ours), lines(...theirs), labels);

test('changes of neighbouring keys are no conflict, and comments of both stay', () => {
  const base = ['# what it is', '', 'global:', '  # how often', '  scrape_interval: 15s', '  scrape_timeout: 10s # less'];
  const ours = ['# what it is', '', 'global:', '  # how often', '  scrape_interval: 30s # mine', '  scrape_timeout: 10s # less'];
  const theirs = ['# what it is', '', 'global:', '  # how often', '  scrape_interval: 15s', '  # new', '  scrape_timeout: 5s # less'];
  expect(merge(base, ours, theirs)).toEqual(clean('# what it is', '', 'global:', '  # how often', '  scrape_interval: 30s # mine', '  # new', '  scrape_timeout: 5s # less'));
});

test('both may add a key at the same place', () => {
  expect(merge(['a: 1', 'z: 1'], ['a: 1', 'mine: 1', 'z: 1'], ['a: 1', 'theirs: 1', 'z: 1'])).toEqual(clean('a: 1', 'mine: 1', 'theirs: 1', 'z: 1'));
});

test('a comment and a value below it may be changed by one side each', () => {
  expect(merge(['# old', 'a: 1'], ['# old', 'a: 2'], ['# new', 'a: 1'])).toEqual(clean('# new', 'a: 2'));
  expect(merge(['# old', 'a: 1'], ['# mine', 'a: 1'], ['# old', 'a: 2'])).toEqual(clean('# mine', 'a: 2'));
});

test('knows the items of a list by their names, wherever they stand', () => {
  const base = ['rules:', '  - alert: Down', '    expr: up == 0', '    for: 1m', '  - alert: Slow', '    expr: x > 1'];
  const ours = ['rules:', '  - alert: Slow', '    expr: x > 2', '  - alert: Down', '    expr: up == 0', '    for: 1m', '  - alert: Mine', '    expr: y'];
  const theirs = ['rules:', '  - alert: Down', '    expr: up == 0', '    for: 5m', '    labels:', '      severity: page', '  - alert: Slow', '    expr: x > 1', '  - alert: New', '    expr: z'];
  expect(merge(base, ours, theirs)).toEqual(clean('rules:', '  - alert: Slow', '    expr: x > 2', '  - alert: New', '    expr: z', '  - alert: Down', '    expr: up == 0', '    for: 5m', '    labels:', '      severity: page', '  - alert: Mine', '    expr: y'));
});

test('an item that both changed is merged by key', () => {
  const item = (expr: string, wait: string): string[] => ['- name: hc', '  rules:', '    - alert: Down', `      expr: ${expr}`, `      for: ${wait}`];
  expect(merge(item('up == 0', '1m'), item('up < 1', '1m'), item('up == 0', '5m'))).toEqual(clean(...item('up < 1', '5m')));
});

test('what the user removed stays removed; what the template removed goes', () => {
  expect(merge(['a: 1', 'b: 1', 'c: 1'], ['b: 1', 'c: 2'], ['a: 9', 'c: 1'])).toEqual(clean('c: 2'));
});

test('a value that both changed is marked, where it stands', () => {
  expect(merge(['a:', '  b: 1', '  c: 1'], ['a:', '  b: 2', '  c: 1'], ['a:', '  b: 3', '  c: 4'])).toEqual({
    kind: 'conflict', hasMarkers: true, text: lines('a:', '<<<<<<< yours', '  b: 2', '=======', '  b: 3', '>>>>>>> hcnode 1.1.0', '  c: 4'),
  });
});

test('what the user changed and the template removed is marked', () => {
  expect(merge(['a: 1', 'b: 1'], ['a: 2', 'b: 1'], ['b: 1'])).toEqual({ kind: 'conflict', hasMarkers: true, text: lines('<<<<<<< yours', 'a: 2', '=======', '>>>>>>> hcnode 1.1.0', 'b: 1') });
});

test('plain items are added by both, and a changed one is a conflict', () => {
  const list = (...items: string[]): string[] => ['args:', ...items.map((item) => `  - ${item}`)];
  expect(merge(list('a', 'b'), list('a', 'b', 'mine'), list('a', 'b', 'theirs'))).toEqual(clean(...list('a', 'b', 'theirs', 'mine')));
  expect(merge(list('--port', '"3000"'), list('--port', '"4000"'), list('--port', '"5000"'))).toMatchObject({ kind: 'conflict', hasMarkers: true });
});

test('the user’s indentation stays', () => {
  const base = ['a:', '  b:', '    - name: x', '      v: 1', '      w: 1'];
  const ours = ['a:', '    b:', '    - name: x', '      v: 2', '      w: 1'];
  const theirs = ['a:', '  b:', '    - name: x', '      v: 1', '      w: 3'];
  expect(merge(base, ours, theirs)).toEqual(clean('a:', '    b:', '    - name: x', '      v: 2', '      w: 3'));
});

test('texts of several lines stay what they are', () => {
  const script = (word: string, ...more: string[]): string[] => ['steps:', '  - name: one', '    run: |', `      echo ${word}`, '', '      # not a comment', '      key: value', ...more, '  - name: two', '    run: >-', '      a', '      b'];
  expect(merge(script('a'), script('a', '    if: always()'), script('b'))).toEqual(clean(...script('b', '    if: always()')));
});

test('several documents are merged one by one', () => {
  const documents = (one: string, two: string): string[] => ['---', `kind: ${one}`, 'x: 1', '---', 'kind: b', `y: ${two}`];
  expect(merge(documents('a', '1'), documents('mine', '1'), documents('a', '2'))).toEqual(clean(...documents('mine', '2')));
  expect(merge(documents('a', '1'), [...documents('a', '1'), '---', 'kind: mine'], documents('a', '2'))).toBeUndefined();
});

test('anchors, aliases, merge keys and tags stay as they are written', () => {
  const base = ['x: &common', '  a: 1', '  b: 1', 'y:', '  <<: *common', '  c: !!str 1'];
  const ours = ['x: &common', '  a: 1', '  b: 2', 'y:', '  <<: *common', '  c: !!str 1', '  mine: *common'];
  const theirs = ['x: &common', '  a: 5', '  b: 1', 'y:', '  <<: *common', '  c: !!str 7'];
  expect(merge(base, ours, theirs)).toEqual(clean('x: &common', '  a: 5', '  b: 2', 'y:', '  <<: *common', '  c: !!str 7', '  mine: *common'));
});

test.each(['__proto__', 'constructor', 'toString', '"a: b"', "''", '1', 'null', '<<x'])('the key %s is a key like any other', (key) => {
  expect(merge([`${key}: 1`, 'b: 1'], [`${key}: 1`, 'b: 2'], [`${key}: 3`, 'b: 1'])).toEqual(clean(`${key}: 3`, 'b: 2'));
});

test.each([
  ['the same key twice', ['a: 1', 'a: 2']],
  ['flow style', ['{ a: 1, b: 2 }']],
  ['no YAML', ['a: [']],
  ['conflict markers', ['<<<<<<< yours', 'a: 1', '=======', 'a: 2', '>>>>>>> x']],
  ['nothing', []],
  ['a text', ['words']],
  ['keys that are no scalars', ['? [a, b]', ': 1']],
])('%s is merged by line', (_, ours) => {
  const merged = merge(['a: 1', 'b: 1'], ours, ['a: 1', 'b: 2']);
  expect(merged).toMatchObject({ kind: 'conflict', hasMarkers: true });
  for (const line of ours) expect(merged?.text).toContain(`${line}\n`);
});

test('no final newline is no change of the last key', () => {
  expect(mergeYaml('a: 1\nb: 1\n', 'a: 2\nb: 1', 'a: 1\nb: 2\n', labels)).toEqual({ kind: 'clean', text: 'a: 2\nb: 2' });
});

test('comments of the user’s stay wherever they stand', () => {
  const base = ['a:', '  b: 1', '  c: 1', 'd: 1'];
  const ours = ['# 1', 'a: # 2', '  # 3', '  b: 1 # 4', '    # 5', '  # 6', '  c: 1', '  # 7', '# 8', 'd: 1', '# 9'];
  const merged = merge(base, ours, ['a:', '  b: 2', '  c: 1', '  e: 1', 'd: 2']);
  for (let comment = 1; comment <= 9; comment++) expect(merged?.text).toContain(`# ${comment}\n`);
  if (merged?.kind === 'clean') expect(parse(merged.text)).toEqual({ a: { b: 2, c: 1, e: 1 }, d: 2 });
});

test('sections of a workflow that have no names are merged by line', () => {
  const steps = (version: string, ...more: string[]): string[] => ['jobs:', '  test:', '    steps:', `      - uses: actions/checkout@${version}`, '      - run: npm ci', ...more];
  expect(merge(steps('v4'), steps('v4', '      - run: npm run mine'), steps('v5'))).toEqual(clean(...steps('v5', '      - run: npm run mine')));
});
