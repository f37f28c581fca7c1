/** A fault, and what mends it: the rule reports the first and is silent about the second. */
export interface Cleanup {
  readonly rule: string;
  readonly invalid: string;
  readonly clean: string;
}

const EXPRESS = "import express from 'express'; const app = express(); ";
const PROMETHEUS = "import { Counter } from 'prom-client'; ";

/** Written by hand, for rules without a suggestion and for the other ways to mend the rest. */
export const cleanups: readonly Cleanup[] = [
  {
    rule: 'no-leaked-interval',
    invalid: 'export class Poller { start() { this.timer = setInterval(tick, 1000); } }',
    clean: 'export class Poller { start() { this.timer = setInterval(tick, 1000); } stop() { clearInterval(this.timer); } }',
  },
  {
    rule: 'no-leaked-interval',
    invalid: 'const all = new Set(); export function add() { all.add(setInterval(tick, 1000)); }',
    clean: 'const all = new Set(); export function add() { all.add(setInterval(tick, 1000)); } export function stop() { for (const each of all) clearInterval(each); }',
  },
  {
    rule: 'no-leaked-listener',
    invalid: `${EXPRESS}import { bus } from './bus.js'; app.get('/', (req, res) => { bus.on('x', (data) => res.write(data)); });`,
    clean: `${EXPRESS}import { bus } from './bus.js'; app.get('/', (req, res) => { const ended = new AbortController(); res.on('close', () => ended.abort()); bus.on('x', (data) => res.write(data), { signal: ended.signal }); });`,
  },
  {
    rule: 'no-leaked-timeout',
    invalid: 'export async function limited(work) { return Promise.race([work(), new Promise((resolve, reject) => { setTimeout(reject, 60_000); })]); }',
    clean: 'export async function limited(work) { let timer; try { return await Promise.race([work(), new Promise((resolve, reject) => { timer = setTimeout(reject, 60_000); })]); } finally { clearTimeout(timer); } }',
  },
  {
    rule: 'no-unbounded-cache',
    invalid: `${EXPRESS}const seen = new Map(); app.get('/:id', (req, res) => { seen.set(req.params.id, 1); res.end(); });`,
    clean: `${EXPRESS}const seen = new Map(); app.get('/:id', (req, res) => { seen.set(req.params.id, 1); res.on('close', () => seen.delete(req.params.id)); res.end(); });`,
  },
  {
    rule: 'no-unbounded-buffer',
    invalid: "import http from 'node:http'; http.createServer((req, res) => { let body = ''; req.on('data', (chunk) => { body += chunk; }); });",
    clean: "import http from 'node:http'; http.createServer((req, res) => { let body = ''; req.on('data', (chunk) => { body += chunk; if (body.length > 1e6) req.destroy(); }); });",
  },
  {
    rule: 'no-retained-request',
    invalid: `${EXPRESS}const open = new Set(); app.get('/', (req, res) => { open.add(res); });`,
    clean: `${EXPRESS}const open = new Set(); app.get('/', (req, res) => { open.add(res); res.on('close', () => open.delete(res)); });`,
  },
  {
    rule: 'no-sync-fs-in-handler',
    invalid: `import fs from 'node:fs'; ${EXPRESS}app.get('/', (req, res) => { res.end(fs.readFileSync('x')); });`,
    clean: `import fs from 'node:fs'; ${EXPRESS}app.get('/', async (req, res) => { res.end(await fs.promises.readFile('x')); });`,
  },
  {
    rule: 'no-sync-crypto-in-handler',
    invalid: `import { scryptSync } from 'node:crypto'; ${EXPRESS}app.post('/', (req, res) => { res.end(scryptSync(req.body.word, 'salt', 64)); });`,
    clean: `import { scrypt } from 'node:crypto'; ${EXPRESS}app.post('/', (req, res) => { scrypt(req.body.word, 'salt', 64, (error, key) => { res.end(key); }); });`,
  },
  {
    rule: 'no-sync-zlib-in-handler',
    invalid: `import zlib from 'node:zlib'; ${EXPRESS}app.get('/', (req, res) => { res.end(zlib.gzipSync('text')); });`,
    clean: `import zlib from 'node:zlib'; import { promisify } from 'node:util'; const gzip = promisify(zlib.gzip); ${EXPRESS}app.get('/', async (req, res) => { res.end(await gzip('text')); });`,
  },
  {
    rule: 'no-sync-child-process-in-handler',
    invalid: `import { execFileSync } from 'node:child_process'; ${EXPRESS}app.get('/', (req, res) => { res.end(execFileSync('date')); });`,
    // A process for each request is too much as well: no-worker-per-request.
    clean: `import { execFileSync } from 'node:child_process'; ${EXPRESS}const start = execFileSync('date'); app.get('/', (req, res) => { res.end(start); });`,
  },
  {
    rule: 'no-cpu-loop-in-handler',
    invalid: `${EXPRESS}app.get('/', (req, res) => { for (let i = 0; i < Number(req.query.n); i++) work(i); res.end(); });`,
    clean: `${EXPRESS}app.get('/', (req, res) => { for (let i = 0; i < Math.min(Number(req.query.n), 100); i++) work(i); res.end(); });`,
  },
  {
    rule: 'no-busy-wait',
    invalid: 'export function wait(until) { while (Date.now() < until) {} }',
    clean: 'export async function wait(until) { while (Date.now() < until) await sleep(100); }',
  },
  {
    rule: 'no-timer-in-loop',
    invalid: 'export function start(jobs) { for (const job of jobs) setInterval(job, 1000); }',
    clean: 'export function start(jobs) { const timers = []; for (const job of jobs) timers.push(setInterval(job, 1000)); return () => timers.forEach(clearInterval); }',
  },
  {
    rule: 'no-infinite-async-recursion',
    invalid: 'async function poll() { await work(); await poll(); } poll();',
    clean: 'async function poll() { for (;;) await work(); } poll();',
  },
  {
    rule: 'no-worker-per-request',
    invalid: `import { Worker } from 'node:worker_threads'; ${EXPRESS}app.get('/', (req, res) => { new Worker('./w.js').postMessage(1); });`,
    clean: `import { Worker } from 'node:worker_threads'; ${EXPRESS}const worker = new Worker('./w.js'); app.get('/', (req, res) => { worker.postMessage(1); });`,
  },
  {
    rule: 'no-client-per-request',
    invalid: `import pg from 'pg'; ${EXPRESS}app.get('/', async (req, res) => { const pool = new pg.Pool(); res.json(await pool.query('select 1')); });`,
    clean: `import pg from 'pg'; ${EXPRESS}const pool = new pg.Pool(); app.get('/', async (req, res) => { res.json(await pool.query('select 1')); });`,
  },
  {
    rule: 'no-compile-in-handler',
    invalid: `import Ajv from 'ajv'; ${EXPRESS}app.post('/', (req, res) => { const ajv = new Ajv(); res.json(ajv.validate(schema, req.body)); });`,
    clean: `import Ajv from 'ajv'; ${EXPRESS}const ajv = new Ajv(); app.post('/', (req, res) => { res.json(ajv.validate(schema, req.body)); });`,
  },
  {
    rule: 'no-metric-in-handler',
    invalid: `${PROMETHEUS}${EXPRESS}app.get('/', (req, res) => { new Counter({ name: 'a', help: 'a' }).inc(); });`,
    clean: `${PROMETHEUS}${EXPRESS}const visits = new Counter({ name: 'a', help: 'a' }); app.get('/', (req, res) => { visits.inc(); });`,
  },
  {
    rule: 'no-high-cardinality-label',
    invalid: `${PROMETHEUS}${EXPRESS}const visits = new Counter({ name: 'a', help: 'a' }); app.get('/', (req, res) => { visits.inc({ route: req.url }); });`,
    clean: `${PROMETHEUS}${EXPRESS}const visits = new Counter({ name: 'a', help: 'a' }); app.get('/', (req, res) => { visits.inc({ route: req.route.path }); });`,
  },
  {
    rule: 'no-weak-collection-iteration',
    invalid: 'const seen = new WeakSet(); for (const each of seen) look(each);',
    clean: 'const seen = new Set(); for (const each of seen) look(each);',
  },
  {
    rule: 'no-unthrottled-respawn',
    invalid: "import cluster from 'node:cluster'; cluster.on('exit', () => { cluster.fork(); });",
    clean: "import cluster from 'node:cluster'; cluster.on('exit', () => { setTimeout(() => cluster.fork(), 1000); });",
  },
  {
    rule: 'no-worker-lookup-by-pid',
    invalid: "import cluster from 'node:cluster'; export const kill = (pid) => cluster.workers[pid].kill();",
    clean: "import cluster from 'node:cluster'; export const kill = (id) => cluster.workers[id].kill();",
  },
  {
    rule: 'prefer-is-primary',
    invalid: "import cluster from 'node:cluster'; if (cluster.isMaster) start();",
    clean: "import cluster from 'node:cluster'; if (cluster.isPrimary) start();",
  },
  {
    rule: 'prefer-pipeline',
    invalid: "import fs from 'node:fs'; export function copy(from, to) { fs.createReadStream(from).pipe(fs.createWriteStream(to)); }",
    clean: "import fs from 'node:fs'; import { pipeline } from 'node:stream/promises'; export async function copy(from, to) { await pipeline(fs.createReadStream(from), fs.createWriteStream(to)); }",
  },
  {
    rule: 'no-overlapping-interval',
    invalid: 'const timer = setInterval(async () => { await load(); }, 1000);',
    clean: 'const again = async () => { await load(); timer = setTimeout(again, 1000); }; let timer = setTimeout(again, 1000);',
  },
  {
    rule: 'no-overcapturing-closure',
    invalid: `${EXPRESS}app.post('/', (req, res) => { setTimeout(() => audit(req.body.id), 60_000); res.end(); });`,
    clean: `${EXPRESS}app.post('/', (req, res) => { const { id } = req.body; setTimeout(() => audit(id), 60_000); res.end(); });`,
  },
  {
    rule: 'no-unlimited-max-listeners',
    invalid: "import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.setMaxListeners(0);",
    clean: "import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.setMaxListeners(20);",
  },
  {
    rule: 'no-unreleased-client',
    invalid: "import pg from 'pg'; const pool = new pg.Pool(); export async function first() { const client = await pool.connect(); const { rows } = await client.query('select 1'); client.release(); return rows[0]; }",
    clean: "import pg from 'pg'; const pool = new pg.Pool(); export async function first() { const client = await pool.connect(); try { const { rows } = await client.query('select 1'); return rows[0]; } finally { client.release(); } }",
  },
  {
    rule: 'no-unread-response-body',
    invalid: "export async function load(url) { const answer = await fetch(url); if (!answer.ok) throw new Error('no'); return answer.json(); }",
    clean: "export async function load(url) { const answer = await fetch(url); if (!answer.ok) { await answer.body?.cancel(); throw new Error('no'); } return answer.json(); }",
  },
  {
    rule: 'no-unbounded-concurrency',
    invalid: `${EXPRESS}app.post('/', async (req, res) => { res.json(await Promise.all(req.body.ids.map((id) => load(id)))); });`,
    clean: `${EXPRESS}app.post('/', async (req, res) => { const found = []; for (const id of req.body.ids) found.push(await load(id)); res.json(found); });`,
  },
];
