import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readServiceSettings } from '../src/environment.js';
import { SettingsError } from '../src/read-settings.js';

/** The fault lines that an environment leads to. */
function faults(env: Record<string, string>): readonly string[] {
  try {
    readServiceSettings(env);
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.faults;
  }
}

test('every default is accepted', () => {
  assert.deepEqual(faults({}), []);
});

test('a fault names the variable, the value and what is accepted', () => {
  assert.deepEqual(faults({ PORT: '80a' }), ['PORT="80a" is not an integer from 1 to 65535']);
});

test('all faults are told at once', () => {
  assert.deepEqual(faults({ PORT: '-1', WORKERS: 'many', LISTEN: 'x' }).map((line) => line.split('=')[0]), ['PORT', 'WORKERS', 'LISTEN']);
});

test('values that contradict each other are faults', () => {
  assert.equal(faults({ PORT: '5000', ADMIN_PORT: '5000' }).length, 1);
  assert.equal(faults({ MIN_WORKERS: '4', MAX_WORKERS: '2' }).length, 1);
});

test('an empty variable counts as unset, an unknown one is ignored', () => {
  assert.deepEqual(faults({ PORT: '', NO_SUCH_SETTING: 'x' }), []);
});
