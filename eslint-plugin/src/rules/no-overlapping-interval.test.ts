import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-overlapping-interval.js';

new RuleTester({ languageOptions: { parser } }).run('no-overlapping-interval', rule, {
  valid: [
    'setInterval(() => { tick(); }, 1000);',
    'setInterval(async () => { tick(); }, 1000);',
    'setInterval(async () => { if (isRunning) return; isRunning = true; await tick(); isRunning = false; }, 1000);',
    'setInterval(async () => { if (isRunning) { log(); return; } await tick(); }, 1000);',
    "import { setInterval } from 'node:timers/promises'; for await (const _ of setInterval(1000)) await tick();",
    'setInterval(() => { void load().then(publish); }, 1000);',
    'class Relay { start() { setInterval(() => this.sweep().catch(log), 1000); } sweep() { if (this.closing || this.sweeping) { return Promise.resolve(); } this.sweeping = work(); return this.sweeping; } }',
    'const tick = async () => { const now = Date.now(); if (isRunning) return; isRunning = true; await work(now); isRunning = false; }; setInterval(async () => { await tick(); }, 1000);',
    'function f(setInterval) { setInterval(async () => { await tick(); }, 1000); }',
    'const pull = async () => { publish(1); }; setInterval(() => pull(), 1000);',
    'class Sync { start() { setInterval(() => this.pull(), 1000); } async pull() { if (this.isPulling) return; this.isPulling = true; await work(); this.isPulling = false; } }',
    'setInterval(() => pull(), 1000);',
  ],
  invalid: [
    { code: 'setInterval(() => load().then(publish), 1000);', errors: [{ messageId: 'overlaps' }] },
    { code: 'setInterval(async () => { await tick(); }, 1000);', errors: [{ messageId: 'overlaps', line: 1, column: 1, endColumn: 49 }] },
    { code: 'setInterval(async () => await tick(), 1000);', errors: [{ messageId: 'overlaps' }] },
    { code: "import { setInterval as every } from 'timers'; every(async function () { await tick(); }, 5);", errors: [{ messageId: 'overlaps' }] },
    { code: 'async function flush() { await send(); } setInterval(flush, 1000);', errors: [{ messageId: 'overlaps' }] },
    { code: 'class Sync { start() { setInterval(() => this.pull(), 1000); } async pull() { await work(); } }', errors: [{ messageId: 'overlaps' }] },
    { code: 'class Sync { start() { setInterval(() => { void this.pull().catch(report); }, 1000); } async pull() { await work(); } }', errors: [{ messageId: 'overlaps' }] },
    { code: 'const pull = async () => { await work(); }; setInterval(pull.bind(null), 1000);', errors: [{ messageId: 'overlaps' }] },
  ],
});
