import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-leaked-timeout.js';

const tester = new RuleTester({ languageOptions: { parser } });

const armed = (output?: string): RuleTester.TestCaseError => ({ messageId: 'armed', ...(output !== undefined && { suggestions: [{ messageId: 'clear', output }] }) });

tester.run('no-leaked-timeout', rule, {
  valid: [
    'async function f() { let h; await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]).catch((e) => { log(e); }); clearTimeout(h) }',
    'async function f() { let h; try { await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]); } catch (e) { log(e); } clearTimeout(h) }',
    'work(AbortSignal.timeout(3e4))',
    'async function f() { let h; try { await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]) } finally { clearTimeout(h) } }',
    'function f() { let h; return Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]).finally(() => clearTimeout(h)) }',
    'function f() { let h; return Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]).then((v) => { clearTimeout(h); return v; }, (e) => { clearTimeout(h); throw e; }) }',
    'async function f() { let h; const done = new Promise((r) => { queue.push(r) }); await Promise.race([done, new Promise((r) => { h = setTimeout(r, 3e4) })]); clearTimeout(h); }',
    "import { setTimeout as sleep } from 'timers/promises'; Promise.race([work(), sleep(3e4, undefined, { ref: false }), sleep(1, 2, options), sleep(1, 2, { ...options })])",
    'Promise.race([work(), work()])',
    'Promise.race([work(), setTimeout(f, 3e4).unref()])',
    'const f = () => Promise.race([work(), new Promise((r) => { setTimeout(r, 3e4).unref(); })])',
    'const f = () => Promise.race([work(), new Promise((r) => { const t = setTimeout(r, 3e4); t.unref(); })])',
    "const f = () => Promise.race([work(), new Promise((r) => { const t = setTimeout(r, 3e4); bus.once('x', () => { clearTimeout(t); r(); }); })])",
    'const f = (timers) => Promise.race([work(), new Promise((r) => { const t = setTimeout(r, 3e4); timers.push(t); })])',
    'class A { async f() { try { await Promise.race([work(), new Promise((r) => { this.t = setTimeout(r, 3e4); })]); } catch {} } stop() { clearTimeout(this.t); } }',
    'function setTimeout() {} const f = () => Promise.race([work(), new Promise((r) => setTimeout(r, 3e4))])',
    'const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); async function f() { await sleep(100); await Promise.all([sleep(1), sleep(2)]); }',
    'async function f(closed) { for (;;) await Promise.race([work(), closed]); }',
    'const closed = new Promise(() => {}); async function f() { await Promise.race([work(), closed]); }',
    'const value = load(); async function f() { for (;;) await Promise.race([work(), value]); }',
    { code: 'const f = () => Promise.race([work(), new Promise((r) => setTimeout(r, 10))])', options: [{ minDelay: 100 }] },
    'const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 3e4); })',
    'const f = () => new Promise((resolve, reject) => { const t = setTimeout(() => reject(new Error()), 3e4); work((v) => { clearTimeout(t); resolve(v); }); })',
    'const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 3e4).unref(); work(resolve); })',
    'const f = (url) => { const c = new AbortController(); const t = setTimeout(() => c.abort(), 3e4); return fetch(url, { signal: c.signal }).finally(() => clearTimeout(t)); }',
    'const c = new AbortController(); setTimeout(() => c.abort(), 3e4); fetch(url, { signal: c.signal });',
    'const f = (c) => { setTimeout(() => c.abort(), 3e4); }',
    'function timeoutSignal(ms) { const c = new AbortController(); setTimeout(() => c.abort(), ms); return c.signal; }',
    { code: 'const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 10); work(resolve); })', options: [{ minDelay: 100 }] },
  ],
  invalid: [
    { code: 'const f = () => { Promise.race([work(), setTimeout(() => giveUp(), 3e4)]); }', errors: [{ messageId: 'armed' }] },
    { code: 'const f = (url) => { const c = new AbortController(); setTimeout(() => c.abort(), 3e4); return fetch(url, { signal: c.signal }); }', errors: [{ messageId: 'deadline', data: { name: 'c' } }] },
    { code: 'const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 3e4); work(resolve); })', errors: [{ messageId: 'deadline', data: { name: 'reject' } }] },
    { code: 'function f() { const late = defer(); setTimeout(() => { late.reject(new Error()); }, 3e4); work().then(late.resolve); return late.promise; }', errors: [{ messageId: 'deadline', data: { name: 'late' } }] },
    { code: 'const f = () => Promise.race([work(), new Promise((_, j) => setTimeout(() => j(new Error()), 3e4))])', errors: [armed()] },
    {
      code: 'async function f() {\n  return Promise.race([work(), new Promise((_, j) => setTimeout(j, 3e4))]);\n}',
      errors: [armed('async function f() {\n  let timer;\n  return Promise.race([work(), new Promise((_, j) => { timer = setTimeout(j, 3e4); })]).finally(() => clearTimeout(timer));\n}')],
    },
    {
      code: 'function f() {\n  return Promise.race([work(), new Promise((j) => void setTimeout(j, 3e4))]);\n}',
      errors: [armed('function f() {\n  let timer;\n  return Promise.race([work(), new Promise((j) => void (timer = setTimeout(j, 3e4)))]).finally(() => clearTimeout(timer));\n}')],
    },
    {
      code: 'async function f() {\n  const t = new Promise((_, j) => { setTimeout(j, 3e4); });\n  await Promise.race([work(), t]);\n}',
      errors: [armed('async function f() {\n  let timer;\n  const t = new Promise((_, j) => { timer = setTimeout(j, 3e4); });\n  await Promise.race([work(), t]).finally(() => clearTimeout(timer));\n}')],
    },
    {
      code: 'async function f() {\n  let h;\n  const v = await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]);\n  clearTimeout(h);\n  return v;\n}',
      errors: [armed('async function f() {\n  let h;\n  const v = await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]).finally(() => clearTimeout(h));\n  clearTimeout(h);\n  return v;\n}')],
    },
    { code: 'async function f() { let h; const done = new Promise((r) => { queue.push(r) }); await Promise.race([done, new Promise((_, j) => { h = setTimeout(j, 3e4) })]); clearTimeout(h); }', errors: 1 },
    { code: 'const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); const f = () => Promise.race([work(), sleep(500)])', errors: [{ messageId: 'armed', data: { ms: 'for 500 ms', how: 'Give it a signal that is aborted in finally, or use AbortSignal.timeout().' } }] },
    { code: 'const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); const f = () => Promise.race([work(), sleep(500).then(() => { throw new Error(); })])', errors: [armed()] },
    { code: 'class A { late(ms) { return new Promise((r) => setTimeout(r, ms)); } f() { return Promise.race([work(), this.late(500)]); } }', errors: [armed()] },
    { code: 'function f() { const racers = [work(), new Promise((r) => setTimeout(r, g()))]; return Promise.race(racers); }', errors: 1 },
    { code: "import { setTimeout as sleep } from 'node:timers/promises'; const f = async () => { const h = sleep(1000); await Promise.race([work(), h]); clearTimeout(h); }", errors: [armed(), { messageId: 'noop' }] },
    { code: "import timers from 'timers/promises'; const f = () => Promise.race([work(), timers.setTimeout(1000, 'x', { other: 1 })])", errors: [armed()] },
    { code: 'for (;;) await Promise.race([work(), shutdownPromise])', errors: [{ messageId: 'pending' }] },
    { code: "import { closed } from './state.js'; import express from 'express'; express().get('/', async (req, res) => { await Promise.race([work(), closed]); })", errors: [{ messageId: 'pending' }] },
    { code: 'const { promise } = Promise.withResolvers(); async function f() { while (true) await Promise.race([work(), promise]); }', errors: [{ messageId: 'pending' }] },
    { code: "import { once } from 'events'; const over = once(process, 'SIGTERM'); async function f() { for await (const x of y) await Promise.race([work(x), over]); }", errors: [{ messageId: 'pending' }] },
    { code: 'async function f() { let h; await Promise.race([work(), new Promise((_, j) => { h = setTimeout(j, 3e4) })]).catch((e) => { throw new Error(e); }); clearTimeout(h) }', errors: [{ messageId: 'armed', suggestions: 1 }] },
  ],
});
