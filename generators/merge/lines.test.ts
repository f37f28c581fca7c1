import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { mergeLines } from './lines.js';
import { mergeFile } from './merge.js';

const labels = { ours: 'yours', theirs: 'hcnode 1.1.0' };
const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');

test('takes what each side changed', () => {
  expect(mergeLines(lines('a', 'b', 'c', 'd', 'e'), lines('A', 'b', 'c', 'd', 'e'), lines('a', 'b', 'c', 'd', 'E'), labels)).toEqual({ kind: 'clean', text: lines('A', 'b', 'c', 'd', 'E') });
});

test('takes once what both changed alike', () => {
  expect(mergeLines(lines('a', 'b'), lines('a', 'X'), lines('a', 'X'), labels)).toEqual({ kind: 'clean', text: lines('a', 'X') });
});

test('marks what both changed, and leaves out of it what is the same at its ends', () => {
  const merged = mergeLines(lines('a', 'b', 'c'), lines('a', 'same', 'mine', 'end', 'c'), lines('a', 'same', 'theirs', 'end', 'c'), labels);
  expect(merged).toEqual({ kind: 'conflict', hasMarkers: true, text: lines('a', 'same', '<<<<<<< yours', 'mine', '=======', 'theirs', '>>>>>>> hcnode 1.1.0', 'end', 'c') });
});

test.each([
  ['removed by the user', 'a\nb\nc\n', 'a\nb\nc', 'A\nb\nc\n', 'A\nb\nc'],
  ['added by the template', 'a\nb\nc', 'A\nb\nc', 'a\nb\nc\n', 'A\nb\nc\n'],
  ['missing in all', 'a\nb\nc', 'A\nb\nc', 'a\nb\nC', 'A\nb\nC'],
])('a final newline %s is not a change of the last line', (_, base, ours, theirs, text) => {
  expect(mergeLines(base, ours, theirs, labels)).toEqual({ kind: 'clean', text });
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a line %s is a line like any other', (word) => {
  expect(mergeLines(lines(word, 'b', 'c'), lines(word, 'b', 'c', word), lines('x', word, 'b', 'c'), labels)).toEqual({ kind: 'clean', text: lines('x', word, 'b', 'c', word) });
});

test('long and repetitive files cost little, and overflow nothing', () => {
  const repetitive = Array.from({ length: 5000 }, (_, index) => (index % 3 === 0 ? '' : '}'));
  expect(mergeLines(lines(...repetitive), lines(...repetitive, 'mine'), lines('theirs', ...repetitive), labels)).toEqual({ kind: 'clean', text: lines('theirs', ...repetitive, 'mine') });
  const long = Array.from({ length: 200_000 }, (_, index) => `line ${index}\n`).join('');
  expect(mergeLines(long, `${long}mine\n`, `theirs\n${long}`, labels)).toEqual({ kind: 'clean', text: `theirs\n${long}mine\n` });
});

test('two files that have little in common are one conflict, with all lines of both', () => {
  const numbered = (word: string): string[] => Array.from({ length: 4000 }, (_, index) => `${word} ${index}`);
  const merged = mergeLines(lines(...numbered('base')), lines(...numbered('mine')), lines(...numbered('theirs')), labels);
  expect(merged).toEqual({ kind: 'conflict', hasMarkers: true, text: lines('<<<<<<< yours', ...numbered('mine'), '=======', ...numbered('theirs'), '>>>>>>> hcnode 1.1.0') });
});

test('a merge that is no longer valid YAML is a conflict, and the user’s text stays', async () => {
  const base = lines('groups:', '- name: hc', '  rules: []', '  limit: 1');
  const ours = lines('groups:', '- name: hc', '  rules: []', '  limit: 1', '  interval: 30s');
  const theirs = lines('groups:', '- name: hc', '  interval: 15s', '  rules: []', '  limit: 1');
  expect(await mergeFile('alerts.txt', base, ours, theirs, labels)).toMatchObject({ kind: 'clean' });
  expect(await mergeFile('alerts.yml', base, ours, theirs, labels)).toMatchObject({ kind: 'conflict' });
});

/** A small generator of numbers, so that a failure can be repeated (Numerical Recipes' constants). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

test('merges as git does, wherever both find no conflict', () => {
  if (spawnSync('git', ['--version']).error !== undefined) throw new Error('git is missing: install git');
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const below = numbersFrom(7);
  const words = ['}', '{', '', '  key: value', 'constructor', ...Array.from({ length: 15 }, (_, index) => `line ${index}`)];
  const edited = (before: readonly string[]): string[] => {
    const after = [...before];
    for (let edit = 0; edit <= below(3); edit++) after.splice(below(after.length), below(3), ...Array.from({ length: below(3) }, () => `new ${below(1000)}`));
    return after;
  };
  let agreed = 0;
  for (let run = 0; run < 120; run++) {
    const base = Array.from({ length: 10 + below(30) }, () => words[below(words.length)] ?? '');
    const [ours, theirs] = [edited(base), edited(base)];
    for (const [name, content] of Object.entries({ base, ours, theirs })) writeFileSync(join(folder, name), lines(...content));
    const git = spawnSync('git', ['merge-file', '--stdout', 'ours', 'base', 'theirs'], { cwd: folder, encoding: 'utf8' });
    const merged = mergeLines(lines(...base), lines(...ours), lines(...theirs), labels);
    if (git.status !== 0 || merged.kind === 'conflict') continue;
    expect(merged.text).toBe(git.stdout);
    agreed += 1;
  }
  expect(agreed).toBeGreaterThan(40);
});
