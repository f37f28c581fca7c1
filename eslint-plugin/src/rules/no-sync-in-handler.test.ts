import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../index.js';

const RULES = ['no-sync-crypto-in-handler', 'no-sync-fs-in-handler', 'no-sync-zlib-in-handler', 'no-sync-child-process-in-handler'].map((name) => `hcnode/${name}`);

function lint(code: string): string[] {
  const config = { languageOptions: { parser, sourceType: 'module' }, plugins: { hcnode: plugin as never }, rules: Object.fromEntries(RULES.map((name) => [name, 'error'])) } as Linter.Config;
  return new Linter().verify(code, [config]).map(({ line, message }) => `${line}: ${message}`);
}

const IMPORTS = `import crypto, { scryptSync as sc } from 'crypto'; import * as fs from 'node:fs'; import zlib from 'zlib'; import cp from 'child_process';
import express from 'express'; import Fastify from 'fastify'; import Koa from 'koa'; import http from 'http'; const app = express(); const fastify = Fastify(); const koa = new Koa();
`;

test.each([
  ["app.post('/a', (q, r) => r.end(crypto.pbkdf2Sync(q.body.p, 's', 1e5, 64, 'sha512')))", /'pbkdf2Sync' .*Reached from app\.post at line 3\./],
  ["fastify.post('/c', async (req) => sc(req.body.p, 's', 64))", /scryptSync/],
  ["function hash(p) { return crypto.scryptSync(p, 's', 64) } app.post('/d', (q, r) => r.end(hash(q.body.p)))", /via hash\./],
  ["http.createServer().on('request', (q, r) => r.end(fs.statSync('x').size + ''))", /statSync.*on 'request'/],
  ["app.use((q, r, n) => { fs['writeFileSync']('x', 'y'); n() })", /writeFileSync/],
  ['koa.use((ctx) => { ctx.body = zlib.gzipSync(JSON.stringify(d)) })', /gzipSync.*koa\.use/],
  ["server.once('request', (req, res) => { res.end(fs.readFileSync('x')); })", /readFileSync/],
  ["import fse from '@acme/shared/fs-extra'; app.get('/', (q, r) => { r.end(fse.readFileSync('x')); })", /readFileSync/],
  ["class X { @Get() list() { return cp.execSync('ls') } }", /execSync.*@Get/],
  ["import { Get as Fetch } from '@nestjs/common'; class X { @Fetch() list() { return cp.execSync('ls') } }", /execSync.*@Get/],
  ["import * as nest from '@nestjs/common'; class X { @nest.Get() list() { return cp.execSync('ls') } }", /execSync.*@Get/],
  ["import { CanActivate as Guards } from '@nestjs/common'; class X implements Guards { canActivate() { return fs.existsSync('x') } }", /existsSync.*CanActivate/],
  ["fastify.register(async (scope) => { scope.register((inner, options, done) => { inner.get('/', async () => fs.readFileSync('x')); done() }) })", /inner\.get/],
  ["import fp from 'fastify-plugin'; export default fp(async (scope) => { scope.setErrorHandler((e, q, r) => { fs.appendFileSync('x', e.message) }) })", /setErrorHandler/],
  ["const { readFileSync: read } = fs; app.get('/', (q, r) => r.end(read('x')))", /readFileSync/],
  ["const bcrypt = require('bcryptjs'); export const login = async (req, res) => { res.json(bcrypt.compareSync(req.body.p, h)) }", /compareSync.*\(req, res\) function/],
  ["const load = () => helper(); const helper = () => fs.readFileSync('x'); app.get('/', (q, r) => r.end(load()))", /via load -> helper/],
  ["export default function routes(app) { app.get('/x', (q, r) => r.end(fs.readFileSync('x'))) }", /app\.get/],
  ["app.route('/x').get((q, r) => r.end(fs.readFileSync('x')))", /readFileSync/],
  ["import { Worker } from 'bullmq'; new Worker('q', async (job) => cp.execFileSync('convert', [job.data]))", /execFileSync/],
  ["class S { find() { return fs.readFileSync('x') } } const s = new S(); app.get('/', (q, r) => r.end(s.find()))", /via find/],
  ["class C { list(req, res) { res.end(this.read()) } read() { return fs.readFileSync('x') } }", /via read/],
  ["app.post('/t', (q, r) => r.end(crypto.randomBytes(1048576)))", /randomBytes/],
  ["export async function POST(request) { return new Response(fs.readFileSync('x')) }", /export POST/],
  ["export const handler = async (event) => fs.readFileSync('x')", /export handler/],
  ["import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 1 }).on('connection', (ws) => { ws.on('message', () => fs.appendFileSync('log', 'x')) })", /appendFileSync/],
  ["fastify.route({ method: 'GET', url: '/', preHandler: [(q, r, d) => { fs.existsSync('x'); d() }], handler: async () => 1 })", /existsSync/],
])('reports %s', (code, message) => {
  const reports = lint(IMPORTS + code);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(message);
});

test.each([
  "const key = crypto.scryptSync('boot', 's', 32)",
  "export function loadConfig() { return JSON.parse(fs.readFileSync('c.json', 'utf8')) }",
  "app.get('/e', (q, r) => { Effect.runSync(x); r.end() })",
  "let cfg; const get = () => cfg ??= JSON.parse(fs.readFileSync('c.json')); app.get('/', (q, r) => r.json(get()))",
  "let cfg; function get() { if (!cfg) { cfg = fs.readFileSync('c.json') } return cfg } app.get('/', (q, r) => r.json(get()))",
  "let cfg; function get() { if (cfg) return cfg; cfg = fs.readFileSync('c.json'); return cfg } app.get('/', (q, r) => r.json(get()))",
  "const m = new Map(); function t(n) { const hit = m.get(n); if (hit) return hit; const v = fs.readFileSync(n); m.set(n, v); return v } app.get('/', (q, r) => r.json(t('x')))",
  "app.post('/t', (q, r) => r.json(crypto.timingSafeEqual(a, b)))",
  "const rev = cp.execSync('git rev-parse HEAD').toString()",
  "app.post('/t', (q, r) => r.end(crypto.randomBytes(16)))",
  "app.post('/t', (q, r) => crypto.randomBytes(1048576, (e, b) => r.end(b)))",
  "app.get('setting', () => fs.readFileSync('x')); const cache = new Map(); cache.get('/k', () => fs.readFileSync('x'))",
  "import { http as msw } from 'msw'; msw.get('/x', () => fs.readFileSync('x'))",
  "import { Get } from './cache.js'; class X { @Get.all() list() { return cp.execSync('ls') } }",
  "cache.register(async (scope) => { scope.fetch('/', async () => fs.readFileSync('x')) })",
  "fastify.addHook('onReady', async () => { fs.readFileSync('x') })",
  "app.listen(3000, () => { fs.writeFileSync('pid', String(process.pid)) })",
  "import { promisify } from 'util'; const f = promisify(crypto.scrypt); app.get('/', async (q, r) => r.end(await f('a', 'b', 3)))",
  "import { parentPort } from 'worker_threads'; app.get('/', (q, r) => r.end(fs.readFileSync('x')))",
])('is silent about %s', (code) => {
  expect(lint(IMPORTS + code)).toEqual([]);
});

test('an allowed name is not reported', () => {
  const code = `${IMPORTS}app.get('/', (q, r) => r.json(fs.existsSync('x')))`;
  const config = { plugins: { hcnode: plugin as never }, rules: { 'hcnode/no-sync-fs-in-handler': ['error', { allow: ['existsSync'] }] } } as Linter.Config;
  expect(new Linter().verify(code, [config])).toEqual([]);
});
