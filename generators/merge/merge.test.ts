import { expect, test } from 'vitest';

import { mergeFile } from './merge.js';

const labels = { ours: 'yours', theirs: 'hcnode 1.1.0' };

/** Each is a conflict by line, and none in the way of its format. */
test.each([
  ['package.json', '{\n  "dependencies": {\n    "a": "^1.0.0"\n  }\n}\n', '{\n  "dependencies": {\n    "a": "^2.0.0"\n  }\n}\n', '{\n  "dependencies": {\n    "a": "^1.5.0"\n  }\n}\n', '"a": "^2.0.0"'],
  ['tsconfig.json', '{\n  "include": ["src"]\n}\n', '{\n  "include": ["src", "mine"]\n}\n', '{\n  "include": ["src", "theirs"]\n}\n', '["src", "theirs", "mine"]'],
  ['.vscode/settings.jsonc', '{\n  "a": 1,\n  "b": 1\n}\n', '{\n  "a": 2, // mine\n  "b": 1\n}\n', '{\n  "a": 1,\n  "b": 2\n}\n', '"a": 2, // mine\n  "b": 2'],
  ['ops/alerts.yml', 'a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\nb: 2\n', 'a: 2\nb: 2'],
  ['compose.yaml', 'a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\nb: 2\n', 'a: 2\nb: 2'],
  ['.env.example', '# x\n# A=1\n', '# x\nA=2\n', '# y\n# A=1\n', '# y\nA=2'],
  ['README.md', '# A\n', '# A\n\n## Mine\n', '# A\n\n## Theirs\n', '## Mine\n\n## Theirs'],
])('%s is merged in the way of its format', async (path, base, ours, theirs, expected) => {
  expect(await mergeFile('x.txt', base, ours, theirs, labels)).toMatchObject({ kind: 'conflict' });
  expect(await mergeFile(path, base, ours, theirs, labels)).toEqual({ kind: 'clean', text: expect.stringContaining(expected) as unknown });
});

test('an alias whose anchor the template removed is a conflict, and the user’s text stays', async () => {
  const ours = 'a: &x 1\nb: 1\nmine: *x\n';
  expect(await mergeFile('a.yml', 'a: &x 1\nb: 1\n', ours, 'a: 2\nb: 1\n', labels)).toEqual({ kind: 'conflict', text: ours, hasMarkers: false });
});

test('what one side left alone needs no merge, whatever it is', async () => {
  for (const text of ['{', 'a: [', '\u0000', '']) {
    expect(await mergeFile('a.json', text, text, '{}', labels)).toEqual({ kind: 'clean', text: '{}' });
    expect(await mergeFile('a.yml', '{}', text, '{}', labels)).toEqual({ kind: 'clean', text });
  }
});
