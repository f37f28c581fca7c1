import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-infinite-async-recursion.js';

new RuleTester().run('no-infinite-async-recursion', rule, {
  valid: [
    'async function loop(signal) { while (!signal.aborted) { await step(); await sleep(1000); } }',
    'async function retry(n) { try { await step(); } catch (error) { if (n === 0) throw error; return retry(n - 1); } }',
    'function poll() { void step().then(() => { setTimeout(poll, 1000); }); }',
    'function tick() { void step().finally(() => setImmediate(tick)); }',
    'async function walk(node) { for (const child of node.children) await walk(child); }',
    'async function drain() { try { await step(); } catch { return; } return drain(); }',
    'function poll() { step().then(() => { poll(); }); }',
    'async function a() { await b(); } async function b() { await step(); }',
    'function spin() { if (done) return; process.nextTick(spin); }',
    'async function drain() { const next = await take(); if (next === undefined) return; await next.run(); await drain(); }',
    'async function step() { signal.throwIfAborted(); await work(); await step(); }',
    'const poll = () => read().then((page) => { if (page.last) return; return poll(); });',
    'async function pages(next) { const page = await load(next); return page.next ? [page, ...await pages(page.next)] : [page]; }',
    'class A { async close() { await this.socket.close(); } }',
  ],
  invalid: [
    { code: 'function poll() { return step().then(() => poll()); }', errors: [{ messageId: 'grows', data: { name: 'poll', how: 'returned by then()', bytes: 96 } }] },
    { code: 'async function loop() { await step(); return loop(); }', errors: [{ messageId: 'grows', data: { name: 'loop', how: 'returned', bytes: 27 }, line: 1, column: 46, endColumn: 52 }] },
    { code: 'async function loop() { await step(); await loop(); }', errors: [{ messageId: 'grows', data: { name: 'loop', how: 'awaited', bytes: 392 } }] },
    { code: 'const again = () => step().then(again);', errors: [{ messageId: 'grows' }] },
    { code: 'function a() { return step().then(b); } function b() { return step().then(a); }', errors: [{ messageId: 'grows', data: { name: 'a', how: 'returned by then()', bytes: 96 } }] },
    { code: 'class A { async run() { await step(); await this.run(); } }', errors: [{ messageId: 'grows' }] },
    { code: 'async function loop() { try { await step(); } catch (error) { log(error); } return loop(); }', errors: [{ messageId: 'grows' }] },
    // Conditions that the next round does not depend on.
    { code: 'async function poll() { for (const message of await receive()) await handle(message); await poll(); }', errors: [{ messageId: 'grows' }] },
    { code: 'async function read(last) { const entries = (await next(last)) ?? []; if (entries.length > 0) publish(entries); return await read(entries.at(-1)?.id ?? last); }', errors: [{ messageId: 'grows' }] },
    { code: 'function spin() { process.nextTick(spin); }', errors: [{ messageId: 'starves' }] },
    { code: 'function spin() { queueMicrotask(() => { work(); }); queueMicrotask(spin); }', errors: [{ messageId: 'starves' }] },
  ],
});
