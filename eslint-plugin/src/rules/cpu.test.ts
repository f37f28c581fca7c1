import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../index.js';

const RULES = ['no-busy-wait', 'no-cpu-loop-in-handler', 'no-unthrottled-respawn'].map((name) => `hcnode/${name}`);
const IMPORTS = "import express from 'express'; import cluster from 'node:cluster'; import { fork } from 'node:child_process'; const app = express(); app.get('/', (q, r) => r.end());\n";

function lint(code: string): string[] {
  const config = { languageOptions: { parser, sourceType: 'module' }, plugins: { hcnode: plugin as never }, rules: Object.fromEntries(RULES.map((name) => [name, 'error'])) } as Linter.Config;
  return new Linter().verify(IMPORTS + code, [config]).map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

test.each([
  ["app.get('/a', (q, r) => { let s = 0; for (let i = 0; i < 1e9; i++) s += i; r.json(s) })", /cpu-loop.*1,000,000,000 times/],
  ["app.get('/b', (q, r) => { for (let i = 0; i < Number(q.query.n); i++) work(i); r.end() })", /cpu-loop.*as often as the client says/],
  ["app.get('/b', (q, r) => { const n = parseInt(q.query.n, 10); for (let i = 0; i < n; i++) work(i); r.end() })", /cpu-loop/],
  ["app.post('/c', (q, r) => { for (const a of q.body.items) for (const b of q.body.items) if (a.id === b.ref) a.x = b; r.end() })", /cpu-loop.*all of it again/],
  ["app.post('/c', (q, r) => { for (const a of q.body.items) { a.x = q.body.items.find((b) => b.id === a.ref) } r.end() })", /cpu-loop/],
  ["app.post('/f', (q, r) => { let out = []; for (const x of q.body.items) out = [...out, x]; r.json(out) })", /cpu-loop/],
  ["function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } app.get('/d', (q, r) => { r.json(fib(Number(q.query.n))) })", /cpu-loop.*via fib/],
  ["app.get('/e', (q, r) => { const t = Date.now() + 5e3; while (Date.now() < t); r.end() })", /busy-wait/],
  ['function sleep(ms) { const start = new Date().getTime(); while (new Date().getTime() < start + ms) {} }', /busy-wait/],
  ["app.get('/g', (q, r) => { Atomics.wait(i32, 0, 0, 1000); r.end() })", /busy-wait/],
  ["cluster.on('exit', () => { cluster.fork() })", /respawn/],
  ["cluster.on('exit', (w, code) => { log(w.id, code); if (code > 0) cluster.fork() })", /respawn/],
  ["function job() { const c = fork('./j.js'); c.on('exit', job) }", /respawn/],
  ["const re = () => cluster.fork(); cluster.on('exit', re)", /respawn/],
  ["cluster.on('disconnect', (w) => { if (!w.exitedAfterDisconnect) cluster.fork() })", /respawn/],
  ["function start() { const worker = cluster.fork(); worker.on('exit', () => { start() }) }", /respawn/],
])('reports %s', (code, message) => {
  const reports = lint(code);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(message);
});

test.each([
  "app.get('/a', (q, r) => { let s = 0; for (let i = 0; i < 10; i++) s += i; r.json(s) })",
  "app.get('/b', async (q, r) => { for (let i = 0; i < Number(q.query.n); i++) { if (i % 1000 === 0) await pause() } r.end() })",
  "app.get('/b', (q, r) => { const n = Number(q.query.n); if (n > 1000) return r.end(); for (let i = 0; i < n; i++) work(i); r.end() })",
  "app.get('/b', (q, r) => { const n = Math.min(100, Number(q.query.n)); for (let i = 0; i < n; i++) work(i); r.end() })",
  "app.get('/e', (q, r) => { const m = new Map(q.body.items.map((x) => [x.id, x])); for (const a of q.body.items) a.x = m.get(a.ref); r.end() })",
  'let table = []; for (let i = 0; i < 1e6; i++) table.push(i)',
  "function sort(a) { return a.length < 2 ? a : merge(sort(a.slice(0, 1)), sort(a.slice(1))) } app.get('/s', (q, r) => r.json(sort(q.body)))",
  "function walk(n) { if (n) { walk(n.left); walk(n.right) } } app.get('/s', (q, r) => r.json(walk(tree)))",
  'function flush() { const end = Date.now() + 10; while (queue.length > 0 && Date.now() < end) queue.shift()() }',
  'async function poll() { while (Date.now() < end) await sleep(10) }',
  "cluster.on('exit', (w) => { if (stopping || w.exitedAfterDisconnect) return; setTimeout(() => cluster.fork(), delay); delay = Math.min(delay * 2, 3e4) })",
  "cluster.on('exit', () => { deaths.push(Date.now()); if (recent(deaths) > 10) process.exit(1); cluster.fork() })",
  'for (let i = 0; i < 4; i++) cluster.fork()',
  "cluster.on('exit', async () => { await sleep(1000); cluster.fork() })",
])('is silent about %s', (code) => {
  expect(lint(code)).toEqual([]);
});
