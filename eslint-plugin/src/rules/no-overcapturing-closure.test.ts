import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-overcapturing-closure.js';

const app = "import express from 'express'; const app = express();";
const withApp = (code: string): string => `${app} ${code}`;
/** For those that no suggestion fits. */
const reported = (code: string): { readonly code: string; readonly errors: { readonly messageId: string }[] } => ({ code, errors: [{ messageId: 'captured' }] });
const hoisted = (code: string, output: string): { readonly code: string; readonly errors: { readonly messageId: string; readonly suggestions: { readonly messageId: string; readonly output: string }[] }[] } => ({
  code: withApp(code), errors: [{ messageId: 'captured', suggestions: [{ messageId: 'hoist', output: withApp(output) }] }],
});
const destructured = (code: string, output: string): { readonly code: string; readonly errors: { readonly messageId: string; readonly suggestions: { readonly messageId: string; readonly output: string }[] }[] } => ({
  code, errors: [{ messageId: 'parameter', suggestions: [{ messageId: 'destructure', output }] }],
});

new RuleTester({ languageOptions: { parser } }).run('no-overcapturing-closure', rule, {
  valid: [
    // Soon over, or ended.
    ...[
      `app.get('/', (req, res) => { setTimeout(() => res.end(req.url), 10); setImmediate(() => log(req)); });`,
      `app.get('/', (req, res) => { setTimeout(() => res.end(req.url), DELAY); });`,
      `app.post('/', async (req, res) => { await save(req.body).then(() => res.json(req.body.id)); });`,
      `app.get('/', (req, res) => { const timer = setTimeout(() => res.status(504).end(), 120_000); work((x) => { clearTimeout(timer); res.json(x); }); });`,
      `app.get('/', (req, res) => { const timer = setInterval(() => res.write('.'), 5000); res.on('close', () => clearInterval(timer)); });`,
      `const bus = new EventEmitter(); app.get('/', (req, res) => { const on = (x) => res.write(x); bus.on('x', on); res.on('close', () => bus.off('x', on)); });`,
      `const bus = new EventTarget(); app.get('/', (req, res) => { bus.addEventListener('x', () => res.write('.'), { signal: signalOf(req) }); });`,
      `const queue = []; app.get('/', (req, res) => { queue.push(() => res.end()); run(); }); function run() { queue.shift()?.(); }`,
      `app.get('/', (req, res) => { const child = spawn('x'); child.on('exit', () => res.end()); req.on('close', () => log(req.url)); });`,
      `const db = connect(); app.get('/', (req, res) => { db.once('open', () => res.end()); });`,
    ].map(withApp),
    // What they keep is small, or all of it is needed.
    ...[
      `app.post('/', (req, res) => { const { id } = req.body; setTimeout(() => audit(id), 3_600_000); res.end(); });`,
      `app.post('/', (req, res) => { const { body } = req; setTimeout(() => save(body), 3_600_000); res.end(); });`,
      `app.get('/', (req, res) => { const small = Buffer.alloc(1024); setInterval(() => log(small.length), 1000); });`,
      `app.get('/', async (req, res) => { const rows = await find(); setTimeout(() => warm(rows[0].id), 3_600_000); res.json(rows); });`,
    ].map(withApp),
    // Handlers that need the whole, or what is made for them.
    'export const list = (service) => async (req, res) => { res.json(await service.list()); };',
    'export const limit = (options) => (req, res, next) => { if (options.max > 0) next(); };',
    'export const limit = (config = {}) => (req, res, next) => { if (config.max > 0) next(); };',
    'export function show(config) { watch(config); return (req, res) => { res.json(config.name); }; }',
    'export const show = (tenant) => (req, res) => { tenant.seen += 1; res.json(tenant.name); };',
    'export const show = (tenant) => (req, res) => { res.json({ ...tenant, name: tenant.name }); };',
    'export const show = (t) => (req, res) => { res.json([t.a, t.b, t.c, t.d]); };',
    'export function show(config) { function handle(req, res) { res.json(config.name); } registerAll(handle); }',
    'export const show = ({ name }) => (req, res) => { res.json(name); };',
    'export const pick = (config) => (row) => row[config.column] ?? config.name;',
    { code: withApp(`app.get('/', (req, res) => { setTimeout(() => res.end(req.url), 120_000); });`), options: [{ minDelay: 200_000 }] },
    { code: withApp(`app.get('/', (req, res) => { const big = Buffer.alloc(2 ** 21); setInterval(() => log(big.length), 1000); });`), options: [{ minBytes: 2 ** 22 }] },
  ],
  invalid: [
    {
      code: withApp(`app.post('/', (req, res) => { setTimeout(() => audit(req.body.id), 3_600_000); res.end(); });`),
      errors: [{
        message: "'req' (headers, socket, body) is kept alive by a timer for a long time, because this function mentions it. Copy out what you need first. Reached from app.post at line 1.",
        line: 1, column: app.length + 32, endColumn: app.length + 79,
        suggestions: [{ messageId: 'hoist', output: withApp(`app.post('/', (req, res) => { const { id } = req.body;\n${' '.repeat(app.length + 31)}setTimeout(() => audit(id), 3_600_000); res.end(); });`) }],
      }],
    },
    hoisted(
      `const pending = [];\napp.post('/', (req, res) => {\n  pending.push(() => { audit(req.body.id, { at: req.body.at, ip: req.ip }); });\n  res.end();\n});`,
      `const pending = [];\napp.post('/', (req, res) => {\n  const { id, at } = req.body;\n  const { ip } = req;\n  pending.push(() => { audit(id, { at: at, ip: ip }); });\n  res.end();\n});`,
    ),
    hoisted(
      `import { EventEmitter } from 'node:events'; const bus = new EventEmitter();\napp.post('/', (req, res) => {\n  bus.once('flush', () => audit(req.body.id));\n  res.end();\n});`,
      `import { EventEmitter } from 'node:events'; const bus = new EventEmitter();\napp.post('/', (req, res) => {\n  const { id } = req.body;\n  bus.once('flush', () => audit(id));\n  res.end();\n});`,
    ),
    hoisted(
      `app.post('/', (req, res) => {\n  const { body } = req;\n  setTimeout(() => audit(body.id), 3_600_000);\n});`,
      `app.post('/', (req, res) => {\n  const { body } = req;\n  const { id } = body;\n  setTimeout(() => audit(id), 3_600_000);\n});`,
    ),
    hoisted(
      `app.get('/', async (req, res) => {\n  const big = Buffer.alloc(50 << 20);\n  setInterval(() => console.log(big.length), 1000);\n});`,
      `app.get('/', async (req, res) => {\n  const big = Buffer.alloc(50 << 20);\n  const { length } = big;\n  setInterval(() => console.log(length), 1000);\n});`,
    ),
    // More than reads, a name that is taken, a member that is no smaller: no suggestion is safe.
    ...[
      `app.get('/', (req, res) => { setTimeout(() => res.end(), 120_000); });`,
      `app.get('/', (req, res) => { setTimeout(() => log(req.get('x')), 120_000); });`,
      `app.get('/', (req, res) => { setTimeout(() => log(req), 120_000); });`,
      `app.get('/', (req, res) => { setTimeout(() => log(req.socket), 120_000); });`,
      `app.get('/', (req, res) => { const id = 1; setTimeout(() => log(id, req.body.id), 120_000); });`,
      `app.get('/', (req, res) => { setTimeout(() => log(req.query.id, req.body.id), 120_000); });`,
      `app.get('/', (req, res) => { setTimeout(() => { req.count += 1; }, 120_000); });`,
      `app.get('/', (req, res) => setTimeout(() => log(req.url), 120_000));`,
      `app.get('/', (req, res) => { const send = (x) => res.write(x); setInterval(() => send('.'), 5000); });`,
      `app.get('/', (req, res) => { process.once('SIGTERM', () => res.end()); });`,
      `const bus = new EventEmitter(); app.get('/', (req, res) => { bus.on('x', res.write.bind(res)); });`,
      `const jobs = new Map(); app.get('/', (req, res) => { jobs.set(req.query.id, { done: () => res.end() }); });`,
    ].map((code) => reported(withApp(code))),
    reported(`import fs from 'node:fs/promises'; const jobs = []; export async function GET(request) { const data = await fs.readFile('a'); jobs.push({ run: () => use(data[0]) }); return new Response('x'); }`),
    reported(`import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (ws) => { setInterval(() => ws.ping(), 30_000); });`),
    // Functions that return a handler.
    destructured(
      'export function show(config) { function handle(req, res) { res.json(config.name); } return handle; }',
      'export function show({ name }) { function handle(req, res) { res.json(name); } return handle; }',
    ),
    destructured(
      'export function show(config) { const handle = async (req, res) => { res.json(config.name); }; return handle; }',
      'export function show({ name }) { const handle = async (req, res) => { res.json(name); }; return handle; }',
    ),
    destructured('export function show(config) { return (req, res) => { res.json({ name: config.name }); }; }', 'export function show({ name }) { return (req, res) => { res.json({ name: name }); }; }'),
    destructured('module.exports = user => async function (req, res) { res.set(user.id, user.plan.name); };', 'module.exports = ({ id, plan }) => async function (req, res) { res.set(id, plan.name); };'),
    destructured('export const show = (tenant: Tenant, x: number) => (req: Request, res: Response) => { res.json(tenant.name); };', 'export const show = ({ name }: Tenant, x: number) => (req: Request, res: Response) => { res.json(name); };'),
    { code: 'export const show = (tenant) => (req, res) => { const { name } = req.query; res.json(tenant.name + name); };', errors: [{ messageId: 'parameter' }] },
  ],
});
