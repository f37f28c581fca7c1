import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from './index.js';
import { defaultSettings, readSettings } from './settings.js';

test('what is left out is as by default', () => {
  expect(readSettings({})).toBe(defaultSettings);
  expect(readSettings({ hcnode: { longLived: ['bus'] } })).toEqual({ ...defaultSettings, longLived: ['bus'] });
});

test('reads the same object once', () => {
  const hcnode = { cleanupMethods: ['bye'] };
  expect(readSettings({ hcnode })).toBe(readSettings({ hcnode }));
});

describe('says what is wrong', () => {
  test.each([
    ['settings.hcnode must be an object', 'yes'],
    ['settings.hcnode.cleanupMethod is not known. There are', { cleanupMethod: ['bye'] }],
    ['settings.hcnode.cleanupMethods must be a list of words, such as ["one", "two"], got "bye"', { cleanupMethods: 'bye' }],
    ['settings.hcnode.frameworks must be "auto" or a list of names', { frameworks: [1] }],
    ['settings.hcnode.handlerCalls must be a list such as', { handlerCalls: [{ callee: 'router.handle', args: [-1] }] }],
    ['settings.hcnode.handlerCalls must be a list such as', { handlerCalls: [{ callee: 'router.handle', arguments: [1] }] }],
    ['settings.hcnode.handlerFiles must be a list such as', { handlerFiles: [{ files: 'src/**' }] }],
    ['settings.hcnode.crossFile must be "off" or "index", got true', { crossFile: true }],
    ['settings.hcnode.__proto__ is not known', JSON.parse('{"__proto__": []}')],
  ])('%s', (message, hcnode) => {
    expect(() => readSettings({ hcnode })).toThrow(message);
  });
});

test('a fault is one report a file, and no crash', () => {
  const config = { ...plugin.configs.all, settings: { hcnode: { longLived: 7 } } };
  const messages = new Linter().verify('export const a = 1;', [config]);
  expect(messages.map(({ message }) => message)).toEqual(['settings.hcnode.longLived must be a list of words, such as ["one", "two"], got 7.']);
});
