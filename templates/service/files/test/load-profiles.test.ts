import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { faultsOf } from './support/load-profiles.js';

const phase = { name: 'a phase', budget: { p99Ms: 100, refusedShare: 0.1, failedShare: 0 } };
const good = { requests: 1000, p99Ms: 100, refused: 100, failed: 0 };
const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The load script with these words. @returns its exit code and what it said */
function load(...words: readonly string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'test/load.ts', ...words], { cwd: ROOT, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

test('a budget that is just kept has no faults', () => {
  assert.deepEqual(faultsOf(phase, good), []);
});

test('each part of a budget is held', () => {
  assert.match(faultsOf(phase, { ...good, p99Ms: 101 }).join(), /p99 is 101 ms/);
  assert.match(faultsOf(phase, { ...good, refused: 101 }).join(), /10.1 % were refused/);
  assert.match(faultsOf(phase, { ...good, failed: 1 }).join(), /0.1 % failed/);
  assert.match(faultsOf(phase, { requests: 0, p99Ms: 0, refused: 0, failed: 0 }).join(), /no request was answered/);
});

test('a short run within the budgets of the profile ends with 0', () => {
  const { code, said } = load('steady', '--seconds', '2');
  // A busy machine may be slow: that is a budget, and said.
  assert.ok(code === 0 || /OVER BUDGET.*p99/.test(said), said);
});

test('a service that is not there ends with 1, and a profile that is not there with 2', () => {
  const { code, said } = load('steady', '--seconds', '1', '--url', 'http://127.0.0.1:1/');
  assert.equal(code, 1, said);
  assert.match(said, /OVER BUDGET {2}steady: /);
  assert.equal(load('stedy').code, 2);
  assert.equal(load('steady', '--seconds', 'x').code, 2);
  assert.equal(load('steady', '--rate', '0').code, 2);
});
