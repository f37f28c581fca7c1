import { readFileSync } from 'node:fs';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../../src/index.js';

interface Cases {
  readonly invalid: readonly string[];
  readonly valid: readonly string[];
}

/** The cases by which the rules were specified, before they were written. */
const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as Readonly<Record<string, Cases>>;

function reportsOf(rule: string, code: string): readonly string[] {
  const messages = new Linter().verify(code, [{ files: ['**'], languageOptions: { parser }, plugins: { hcnode: plugin as never }, rules: { [`hcnode/${rule}`]: 'error' } }], { filename: 'src/a.ts' });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.map(({ message }) => message);
}

test('all specified rules exist', () => {
  expect(Object.keys(cases).filter((rule) => !(rule in plugin.rules))).toEqual([]);
});

describe.each(Object.entries(cases))('%s', (rule, { invalid, valid }) => {
  test.each(invalid)('reports %s', (code) => {
    expect(reportsOf(rule, code)).not.toEqual([]);
  });

  test.each(valid)('is silent about %s', (code) => {
    expect(reportsOf(rule, code)).toEqual([]);
  });
});
