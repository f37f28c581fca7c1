import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-cpu-loop-in-handler.js';

const APP = "import express from 'express'; const app = express();";
const get = (body: string): string => `${APP} app.get('/', (req, res) => { ${body} });`;
const post = (body: string): string => `${APP} app.post('/', (req, res) => { const { items, others } = req.body; ${body} res.end(); });`;
const AS_TOLD = 'as often as the client says';
const AGAIN = 'over what the client sent, and for each of it over all of it again,';

new RuleTester({ languageOptions: { parser } }).run('no-cpu-loop-in-handler', rule, {
  valid: [
    'for (let i = 0; i < 1e9; i++) table.push(i);',
    get('for (let i = 0; i < 100; i++) work(i); res.end();'),
    get('const n = Number(req.query.n); if (n > 1000) return res.status(400).end(); for (let i = 0; i < n; i++) work(i); res.end();'),
    get('const n = Math.min(Number(req.query.n), 1000); for (let i = 0; i < n; i++) work(i); res.end();'),
    get('for (let i = 0; i < Number(req.query.n) && i < 100; i++) work(i); res.end();'),
    `${APP} app.get('/', async (req, res) => { for (let i = 0; i < Number(req.query.n); i++) await step(i); res.end(); });`,
    `${APP} function steps(n) { for (let i = 0; i < n; i++) work(i); } app.get('/', (req, res) => { const n = Number(req.query.n); if (n > 100) return res.sendStatus(400); steps(n); res.end(); });`,
    `${APP} function steps(n) { for (let i = 0; i < n; i++) work(i); } app.get('/', (req, res) => { steps(10); res.end(); });`,
    get('for (let i = 0; i < req.url.length; i++) work(req.url[i]); res.end();'),
    get('for (let i = 0, l = req.body.items.length; i < l; i++) work(i); res.end();'),
    `${APP} function at() { setTimeout(() => { for (let i = 0; i < 1e9; i++); }); } at(); app.get('/', (req, res) => res.end());`,
    post('const byId = new Map(items.map((each) => [each.id, each])); for (const each of others) each.parent = byId.get(each.ref);'),
    post('for (const order of items) for (const line of order.lines) check(line);'),
    post('items.forEach((order) => { order.lines.forEach((line) => { check(line); }); });'),
    post('for (const each of items) { if (KNOWN.includes(each.kind)) count += 1; }'),
    post('if (items.length > 100) return res.sendStatus(413); for (const a of items) for (const b of items) compare(a, b);'),
    // What is remembered is found once.
    `${APP} const known = [0, 1]; const fib = (n) => { const value = known[n]; if (value !== undefined) return value; return (known[n] = fib(n - 1) + fib(n - 2)); }; app.get('/', (req, res) => res.json(fib(30)));`,
    `${APP} function fib(n, memo = new Map()) { if (memo.has(n)) return memo.get(n); const value = fib(n - 1, memo) + fib(n - 2, memo); memo.set(n, value); return value; } app.get('/', (req, res) => res.json(fib(30)));`,
    `${APP} function sort(list) { return list.length < 2 ? list : merge(sort(list.slice(0, 1)), sort(list.slice(1))); } app.get('/', (req, res) => res.json(sort(req.body)));`,
    post('const total = items.reduce((sum, each) => sum + each.price, 0);'),
    post('const all = items.reduce((list, each) => { list.push(each.id); return list; }, []);'),
    post('for (const each of items) later.push(() => items.find((other) => other.id === each.id));'),
    `${APP} const fib = memoize((n) => n < 2 ? n : fib(n - 1) + fib(n - 2)); app.get('/', (req, res) => res.json(fib(30)));`,
    `${APP} const depth = (node) => Math.max(depth(node.left), depth(node.right)); app.get('/', (req, res) => res.json(depth(tree)));`,
    { code: get('for (let i = 0; i < 200000; i++) work(i); res.end();'), options: [{ maxIterations: 1_000_000 }] },
    { code: post('for (const a of items) for (const b of items) compare(a, b);'), options: [{ quadratic: false }] },
  ],
  invalid: [
    { code: get('for (let i = 0; i < 1e9; i++) work(i); res.end();'), errors: [{ messageId: 'loops', data: { bound: '1,000,000,000 times', from: 'app.get at line 1' } }] },
    { code: get('for (let i = 0; i < Number(req.query.n); i++) work(i); res.end();'), errors: [{ messageId: 'loops', data: { bound: AS_TOLD, from: 'app.get at line 1' } }] },
    { code: get('const steps = req.params.count * 2; for (let step = 0; step <= steps; ++step) simulate(step); res.end();'), errors: [{ messageId: 'loops' }] },
    { code: get("let left = +req.query.width; let text = ''; while (left-- > 0) text += ' '; res.end(text);"), errors: [{ messageId: 'loops' }] },
    { code: get('let left = parseInt(req.query.n, 10); while (left--) work(); res.end();'), errors: [{ messageId: 'loops' }] },
    { code: get('let i = 0; do { work(i); i += 1; } while (i < Number(req.query.n)); res.end();'), errors: [{ messageId: 'loops' }] },
    { code: get('for (let i = 0; i < Number(req.query.n) && !done; i++) work(i); res.end();'), errors: [{ messageId: 'loops' }] },
    { code: `${APP} function steps(n) { for (let i = 0; i < n; i++) work(i); } app.get('/', (req, res) => { steps(Number(req.query.n)); res.end(); });`, errors: [{ messageId: 'loops', data: { bound: AS_TOLD, from: 'app.get at line 1 via steps' } }] },
    { code: "import { createServer } from 'node:http'; createServer((req, res) => { const n = new URL(req.url, 'http://x').searchParams.get('n'); for (let i = 0; i < n; i++) work(i); res.end(); });", errors: 1 },
    { code: post('for (const a of items) for (const b of items) if (a.id === b.ref) a.x = b;'), errors: [{ messageId: 'loops', data: { bound: AGAIN, from: 'app.post at line 1' } }] },
    { code: post('for (const a of items) { for (const b of others) compare(a, b); }'), errors: [{ messageId: 'loops' }] },
    { code: post('for (let i = 0; i < items.length; i++) { for (let j = 0; j < items.length; j++) compare(items[i], items[j]); }'), errors: [{ messageId: 'loops' }] },
    { code: post('const unique = items.filter((each, index) => items.indexOf(each) === index);'), errors: [{ messageId: 'loops' }] },
    { code: post('items.forEach((each) => { each.parent = others.find((other) => other.id === each.ref); });'), errors: [{ messageId: 'loops' }] },
    { code: post('const all = items.reduce((list, each) => [...list, each.name], []);'), errors: [{ messageId: 'loops' }] },
    { code: post('const all = items.reduce((found, each) => { return { ...found, [each.id]: each }; }, {});'), errors: [{ messageId: 'loops' }] },
    { code: post('let all = []; for (const each of items) all = [...all, each];'), errors: [{ messageId: 'loops' }] },
    { code: `${APP} const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); app.get('/', (req, res) => res.json(fib(30)));`, errors: [{ messageId: 'loops' }] },
    { code: "import { Server } from 'socket.io'; new Server(1).on('connection', (socket) => { socket.on('roll', ({ dice }, reply) => { let left = dice; while (left > 0) { roll(); left -= 1; } reply(); }); });", errors: [{ message: /as often as the client says .*on 'roll'/ }] },
    { code: "@Controller() class C { @Post() match(@Body() body: Dto) { for (const a of body.items) for (const b of body.items) compare(a, b); } }", errors: 1 },
  ],
});
