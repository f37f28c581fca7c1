import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../index.js';

const RULES = ['no-worker-per-request', 'no-metric-in-handler', 'no-client-per-request', 'no-compile-in-handler'].map((name) => `hcnode/${name}`);

function lint(code: string): string[] {
  const config = { languageOptions: { parser, sourceType: 'module' }, plugins: { hcnode: plugin as never }, rules: Object.fromEntries(RULES.map((name) => [name, 'error'])) } as Linter.Config;
  return new Linter().verify(code, [config]).map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

const IMPORTS = `import { Worker } from 'worker_threads'; import { spawn, fork } from 'node:child_process'; import cluster from 'cluster'; import client, { Counter } from 'prom-client';
import pg from 'pg'; import Redis from 'ioredis'; import { PrismaClient } from '@prisma/client'; import Ajv from 'ajv'; import { WebSocketServer } from 'ws'; import express from 'express'; const app = express(); const wss = new WebSocketServer({ port: 1 });
`;

test.each([
  ["app.get('/a', (q, r) => { const w = new Worker('./w.js'); w.once('message', (m) => r.json(m)) })", /no-worker.*thread.*every request.*38 ms/],
  ["app.get('/b', (q, r) => { spawn('convert', []).stdout.pipe(r) })", /no-worker.*process/],
  ["wss.on('connection', (ws) => { new Worker('./w.js') })", /every connection/],
  ["const run = () => new Worker('./w.js'); app.get('/d', (q, r) => { run(); r.end() })", /via run/],
  ["app.post('/f', (req, res) => { fork('./job.js'); res.end() })", /no-worker/],
  ["app.post('/f', (req, res) => { cluster.fork(); res.end() })", /no-worker/],
  ["app.get('/a', (q, r) => { new Counter({ name: 'x', help: 'x' }).inc(); r.end() })", /no-metric/],
  ["app.get('/b', (q, r) => { const g = new client.Gauge({ name: 'g', help: 'g' }); g.set(1) })", /no-metric/],
  ["app.get('/m', async (q, r) => { client.collectDefaultMetrics(); r.end(await client.register.metrics()) })", /no-metric/],
  ["const mk = (n) => new Counter({ name: n, help: n }); app.get('/:n', (q, r) => { mk(q.params.n).inc() })", /no-metric.*via mk/],
  ["app.get('/', async (q, r) => { const pool = new pg.Pool(); r.json(await pool.query('x')) })", /no-client/],
  ["app.get('/', async (q, r) => { const redis = new Redis(); r.json(await redis.get('x')) })", /no-client/],
  ["app.get('/', async (q, r) => { r.json(await new PrismaClient().user.findMany()) })", /no-client/],
  ["app.get('/', async (q, r) => { r.json(new Ajv().validate(s, q.body)) })", /no-compile/],
  ["app.get('/', (q, r) => { r.json(new RegExp(q.query.x).test(text)) })", /no-compile.*up to the client/],
  ["const find = (part) => names.filter((name) => RegExp(part).test(name)); app.get('/', (q, r) => { const { x } = q.query; r.json(find(x)) })", /no-compile.*via find/],
  ["const ajv = new Ajv(); app.post('/', (q, r) => { r.json(ajv.compile(q.body.schema)(q.body)) })", /no-compile.*2,928/],
])('reports %s', (code, message) => {
  const reports = lint(IMPORTS + code);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(message);
});

test.each([
  "const pool = Array.from({ length: 4 }, () => new Worker('./w.js')); app.get('/a', (q, r) => { pool[0].postMessage(1); r.end() })",
  "class Pool { #w = []; constructor(n) { for (let i = 0; i < n; i++) this.#w.push(new Worker('./w.js')) } } const p = new Pool(4); app.get('/', (q, r) => r.end())",
  "new (require('bullmq').Worker)('q', async (job) => work(job))",
  "const c = new Counter({ name: 'x', help: 'x' }); app.get('/a', (q, r) => { c.inc(); r.end() })",
  "export function makeMetrics(reg) { return new Counter({ name: 'y', help: 'y', registers: [reg] }) }",
  "let pool; const db = () => pool ??= new pg.Pool(); app.get('/', async (q, r) => r.json(await db().query('x')))",
  "for (let i = 0; i < 4; i++) cluster.fork()",
  "app.get('/x', (q, r) => { r.json(new RegExp('a+').test(q.url)) })",
  "app.get('/x', (q, r) => { r.json(new RegExp(RegExp.escape(text)).test(q.url)) })",
  "app.get('/x', (q, r) => { /a+/.exec(q.url); r.end() })",
])('is silent about %s', (code) => {
  expect(lint(IMPORTS + code)).toEqual([]);
});
