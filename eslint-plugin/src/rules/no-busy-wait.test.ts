import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-busy-wait.js';

new RuleTester({ languageOptions: { parser } }).run('no-busy-wait', rule, {
  valid: [
    'function flush() { const end = Date.now() + 10; while (queue.length > 0 && Date.now() < end) queue.shift()(); }',
    'async function poll() { while (Date.now() < end) await sleep(10); }',
    'function sweep() { while (entries[0].expiresAt <= Date.now()) entries.shift().release(); }',
    'function days(start, end) { for (let day = start; day < end; day += 86_400_000) list.push(new Date(day)); }',
    'function next() { for (;;) { if (Date.now() > end) break; work(); } }',
    // A loop that ends by something else than the time.
    'function spin() { while (!done) {} }',
    'const { value } = Atomics.waitAsync(view, 0, 0, 100);',
    // A thread may wait.
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { Atomics.wait(view, 0, 0, 20); });",
    'function pause(Date) { while (Date.now() < 5); }',
  ],
  invalid: [
    { code: 'const end = Date.now() + 5e3; while (Date.now() < end);', errors: [{ messageId: 'spins', line: 1, column: 31, endColumn: 56 }] },
    { code: 'function sleep(ms) { const start = new Date().getTime(); while (new Date().getTime() < start + ms) {} }', errors: [{ messageId: 'spins' }] },
    { code: "import { performance as clock } from 'node:perf_hooks'; do { spins += 1; } while (clock.now() < end);", errors: [{ messageId: 'spins' }] },
    { code: 'function sleep(ms) { let now = Date.now(); const start = now; while (now - start < ms) { now = new Date().getTime(); } }', errors: [{ messageId: 'spins' }] },
    { code: 'for (let now = Date.now(); now < end; now = Date.now());', errors: [{ messageId: 'spins' }] },
    { code: 'while (true) { const now = Date.now(); if (now >= until) { break; } }', errors: [{ messageId: 'spins' }] },
    { code: 'for (;;) { if (process.hrtime.bigint() - start >= 300n) break; }', errors: [{ messageId: 'spins' }] },
    { code: 'while (true) { if (Date.now() > end) { return; } }', languageOptions: { parserOptions: { ecmaFeatures: { globalReturn: true } }, sourceType: 'commonjs' }, errors: [{ messageId: 'spins' }] },
    { code: 'Atomics.wait(new Int32Array(shared), 0, 0, 1000);', errors: [{ messageId: 'sleeps' }] },
    { code: 'const { wait } = Atomics; const sleep = (ms) => wait(view, 0, 0, ms);', errors: [{ messageId: 'sleeps' }] },
  ],
});
