import { expect, test } from 'vitest';

import plugin from '../../src/index.js';
import { cleanups } from './cleanups.js';
import { reportsOf } from './samples.js';

const rulesOf = (code: string): readonly (string | null)[] => reportsOf(code).map(({ ruleId, message }) => ruleId ?? message);

test.each(cleanups)('$rule reports $invalid, but not $clean', ({ rule, invalid, clean }) => {
  expect(rulesOf(invalid)).toContain(`hcnode/${rule}`);
  // Of no other rule either: what mends one fault makes no other.
  expect(rulesOf(clean)).toEqual([]);
});

test('every rule has something that mends it', () => {
  expect(Object.keys(plugin.rules).filter((name) => !cleanups.some(({ rule }) => rule === name))).toEqual([]);
});
