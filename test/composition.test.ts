import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

import { compose } from '../generators/compose/compose.js';
import { packageFolder } from './support/run.js';
import { defaults, selections } from './support/selections.js';

const SHARED = ['package.json', '.gitignore', '.gitattributes', 'scripts/checks.json'];

describe.each(Object.entries(selections))('the selection %s', (_, project) => {
  const files = compose(project);

  test('has these files', () => {
    expect([...files.keys()].join('\n')).toMatchSnapshot();
  });

  test('holds no hole, no CRLF and no trace of where it was made', () => {
    for (const [path, text] of files) {
      expect(text, path).not.toMatch(/<%|%>|\r|\[object Object\]/);
      expect(text, path).not.toContain(packageFolder);
      if (!/\.[mc]?[jt]s$|\.md$/.test(path)) expect(text, path).not.toMatch(/\b(undefined|NaN)\b/);
      expect(text.endsWith('\n') || text === '', `${path} ends with a line end`).toBe(true);
    }
  });

  test('holds JSON and YAML that parses', () => {
    for (const [path, text] of files) {
      if (path.endsWith('.json')) expect(() => JSON.parse(text) as unknown, path).not.toThrow();
      if (/\.ya?ml$/.test(path)) expect(parseAllDocuments(text).flatMap(({ errors }) => errors), path).toEqual([]);
    }
  });

  test('starts only with programs that are dependencies', () => {
    const { scripts, dependencies, devDependencies } = JSON.parse(files.get('package.json') ?? '') as Record<string, Record<string, string>>;
    const programs = Object.values(scripts ?? {}).flatMap((command) => command.split(' && ').map((part) => part.split(' ')[0] ?? ''));
    const installed = Object.keys({ ...dependencies, ...devDependencies });
    const ours: Readonly<Record<string, string>> = { tsc: 'typescript' };
    for (const program of programs.filter((name) => !['node', 'npm', 'sh'].includes(name))) expect(installed).toContain(ours[program] ?? program);
  });
});

test.each(['none', 'all'])('the selection %s has these shared files', (name) => {
  const files = compose(selections[name] ?? defaults);
  expect(SHARED.map((path) => `${path}\n${files.get(path) ?? 'is missing'}`).join('\n')).toMatchSnapshot();
});

test('the same answers give the same bytes', () => {
  expect([...compose({ ...defaults })]).toEqual([...compose({ ...defaults })]);
});

test('an answer changes the files that it is about', () => {
  const before = compose(defaults);
  const after = compose({ ...defaults, port: 4321 });
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(changed).toEqual(expect.arrayContaining(['.env.example', 'src/project.ts', 'Dockerfile']));
});

test.each(['pnpm', 'yarn', 'bun'] as const)('%s stands in the commands that are shown', (packageManager) => {
  const files = compose({ ...defaults, packageManager });
  expect(files.get('README.md')).not.toMatch(/\bnpm (run|ci|install|test|start)\b/);
  expect(files.get('README.md')).toContain(`${packageManager} run`);
  expect(files.get('package.json')).not.toMatch(/\bnpm run\b/);
});
