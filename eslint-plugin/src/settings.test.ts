import * as parser from '@typescript-eslint/parser';
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

/** The rules that report some code. */
function reported(code: string, hcnode: object): readonly (string | null)[] {
  const start = "import pg from 'pg'; import express from 'express'; import { EventEmitter } from 'node:events'; const app = express(); const pool = new pg.Pool(); const bus = new EventEmitter();\n";
  const config = { ...plugin.configs.strict, files: ['**'], languageOptions: { parser }, settings: { hcnode } };
  return new Linter().verify(start + code, [config], { filename: 'a.ts' }).map(({ ruleId, message }) => ruleId ?? message);
}

describe('cleanupMethods release what they are called on', () => {
  test.each([
    ['no-leaked-interval', 'export function poll() { const timer = setInterval(tick, 1000); timer.bye(); }'],
    ['no-leaked-interval', 'export class Poller { start() { this.timer = setInterval(tick, 1000); } stop() { this.timer.bye(); } }'],
    ['no-unreleased-client', 'export async function first() { const client = await pool.connect(); try { return await client.query("select 1"); } finally { client.bye(); } }'],
  ])('%s: %s', (rule, code) => {
    expect(reported(code, {})).toContain(`hcnode/${rule}`);
    expect(reported(code, { cleanupMethods: ['bye'] })).toEqual([]);
  });
});

describe('cleanupCalls care for what they are given', () => {
  test.each([
    ['no-leaked-interval', 'function atEnd(timer) { timers.log(timer.id); } export function poll() { const timer = setInterval(tick, 1000); atEnd(timer); }'],
    ['no-leaked-interval', 'export class Poller { start() { this.timer = setInterval(tick, 1000); atEnd(this); } }'],
    ['no-leaked-listener', 'app.get("/", () => { atEnd(bus.on("x", () => tick())); });'],
    ['no-leaked-listener', 'class Session { constructor(private events: EventEmitter) { this.events.on("x", this.onX); atEnd(this); } onX = () => {}; destroy() {} }'],
    ['no-unreleased-client', 'export async function first() { const client = await pool.connect(); atEnd(client); const { rows } = await client.query("select 1"); client.release(); return rows; }'],
  ])('%s: %s', (rule, code) => {
    expect(reported(code, {})).toContain(`hcnode/${rule}`);
    expect(reported(code, { cleanupCalls: ['atEnd'] })).toEqual([]);
  });

  test('as they are written', () => {
    const code = 'export class Poller { start() { this.timer = setInterval(tick, 1000); life.atEnd(this); } }';
    expect(reported(code, { cleanupCalls: ['life.atEnd'] })).toEqual([]);
    expect(reported(code, { cleanupCalls: ['other.atEnd'] })).toEqual(['hcnode/no-leaked-interval']);
  });
});

test('longLived outlives requests', () => {
  const code = 'app.get("/", (req) => { req.container.on("x", () => tick()); });';
  expect(reported(code, {})).toEqual([]);
  expect(reported(code, { longLived: ['container'] })).toEqual(['hcnode/no-leaked-listener']);
});
