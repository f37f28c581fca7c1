import { expect, test } from 'vitest';

import { mergeEnvExample } from './env-example.js';
import { mergeMarkdown } from './markdown.js';

const labels = { ours: 'yours', theirs: 'hcnode 1.1.0' };
const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');
const clean = (...texts: string[]): object => ({ kind: 'clean', text: lines(...texts) });

const env = (base: readonly string[], ours: readonly string[], theirs: readonly string[]): ReturnType<typeof mergeEnvExample> => mergeEnvExample(lines(...base), lines(...ours), lines(...theirs), labels);
const markdown = (base: readonly string[], ours: readonly string[], theirs: readonly string[]): ReturnType<typeof mergeMarkdown> => mergeMarkdown(lines(...base), lines(...ours), lines(...theirs), labels);

const intro = ['# Every setting.', ''];
const port = ['# The port.', '# PORT=3000'];

test('variables: a comment and a value may be changed by one side each', () => {
  expect(env([...intro, ...port], [...intro, '# The port.', 'PORT=4000'], [...intro, '# The public port.', '# PORT=3000'])).toEqual(clean(...intro, '# The public port.', 'PORT=4000'));
});

test('variables: both may add one at the same place', () => {
  expect(env([...intro, ...port], [...intro, ...port, '', 'MINE=1'], [...intro, ...port, '', '# New.', '# NEW=1'])).toEqual(clean(...intro, ...port, '', 'MINE=1', '', '# New.', '# NEW=1'));
});

test('variables: one that the user removed stays away, one that the template removed goes', () => {
  expect(env([...intro, ...port, '', '# A=1', '', '# B=1'], [...intro, '# A=1', '', '# B=2'], [...intro, '# The port!', '# PORT=3000', '', '# B=1'])).toMatchObject({ kind: 'clean', text: expect.not.stringMatching(/PORT|A=/) as unknown });
});

test('variables: where both changed a value the user’s stays, without markers', () => {
  expect(env([...intro, ...port], [...intro, '# The port.', 'PORT=4000'], [...intro, '# The port.', '# PORT=3100', '', '# NEW=1'])).toEqual({ kind: 'conflict', hasMarkers: false, text: lines(...intro, '# The port.', 'PORT=4000', '', '# NEW=1') });
});

test.each(['PORT=1', 'export PORT=1', '#PORT=1'])('variables: %s twice is merged by line', (line) => {
  expect(env([...intro, ...port], [...intro, ...port, line], [...intro, '# The port!', '# PORT=3000'])).toBeUndefined();
});

const doc = ['# Service', 'Intro.', '', '## First', 'One.', '', '## Second', 'Two.'];

test('sections: both may add one at the same place', () => {
  expect(markdown(doc, [...doc, '', '## Mine', 'My text.'], [...doc, '', '## New', 'Its text.'])).toEqual(clean(...doc, '', '## Mine', 'My text.', '', '## New', 'Its text.'));
});

test('sections: one that the user removed stays away', () => {
  const without = ['# Service', 'Intro.', '', '## Second', 'Two.'];
  expect(markdown(doc, without, doc.map((line) => (line === 'One.' ? 'One, changed.' : line)))).toEqual(clean(...without));
});

test('sections: one that the user moved is updated where it is', () => {
  const moved = (text: string): string[] => ['# Service', 'Intro.', '', '## Second', 'Two.', '', '## First', text];
  expect(markdown(doc, moved('One.'), doc.map((line) => (line === 'One.' ? 'One, changed.' : line)))).toEqual(clean(...moved('One, changed.')));
});

test('sections: a heading that the user changed is no new section', () => {
  const renamed = doc.map((line) => (line === '## First' ? '## Start' : line));
  expect(markdown(doc, renamed, [...doc.slice(0, 5), 'More.', ...doc.slice(5)])).toEqual(clean(...renamed.slice(0, 5), 'More.', ...renamed.slice(5)));
});

test('sections: a text that both changed is marked', () => {
  const [mine, theirs] = ['Mine.', 'Theirs.'].map((text) => doc.map((line) => (line === 'One.' ? text : line)));
  expect(markdown(doc, mine ?? [], theirs ?? [])).toMatchObject({ kind: 'conflict', hasMarkers: true, text: expect.stringContaining('## First\n<<<<<<< yours\nMine.\n=======\nTheirs.\n>>>>>>> hcnode 1.1.0\n\n## Second') as unknown });
});

test('sections: a comment in a shell is no heading', () => {
  const fenced = (...inner: string[]): string[] => ['# Service', '```sh', ...inner, '```', '', '## Second', 'Two.'];
  const merged = markdown(fenced('# one', 'a', '# two', 'b'), fenced('# one', 'A', '# two', 'b'), fenced('# two', 'b', '# one', 'a'));
  expect(merged).toMatchObject({ kind: 'conflict', text: expect.stringContaining('```\n\n## Second') as unknown });
});

test('sections: the same heading may stand under several', () => {
  const twice = (one: string, two: string): string[] => ['# Service', '## A', '### Usage', one, '## B', '### Usage', two];
  expect(markdown(twice('1', '2'), [...twice('mine', '2'), '## C'], [...twice('1', 'theirs'), '## D'])).toEqual(clean(...twice('mine', 'theirs'), '## C', '## D'));
});
