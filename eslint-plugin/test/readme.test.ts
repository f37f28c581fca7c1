import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { readmeWithRules } from '../../scripts/lint-rules-table.js';
import { help } from '../src/cli/arguments.js';
import { defaultSettings } from '../src/settings.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the table of rules is as the rules say (npm run docs:lint writes it)', () => {
  expect(readme).toBe(readmeWithRules(readme));
});

test('the README tells of every option of the command', () => {
  const options = help.match(/--[a-z-]+/g) ?? [];
  expect(options).toContain('--since');
  expect([...new Set(options)].filter((option) => !['--help', '--version'].includes(option) && !readme.includes(option))).toEqual([]);
});

test('the README tells of every setting', () => {
  expect(Object.keys(defaultSettings).filter((name) => !readme.includes(name))).toEqual([]);
});
