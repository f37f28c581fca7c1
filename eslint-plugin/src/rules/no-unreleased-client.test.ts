import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-unreleased-client.js';

const PG = 'import pg from "pg"; const pool = new pg.Pool(); ';

new RuleTester({ languageOptions: { parser } }).run('no-unreleased-client', rule, {
  valid: [
    `${PG}export async function f() { const c = await pool.connect(); try { return await c.query("x"); } finally { c.release(); } }`,
    `${PG}export async function f() { let c; try { c = await pool.connect(); return await c.query("x"); } catch (e) { throw e; } finally { if (c) c.release(); } }`,
    `${PG}export async function f() { const c = await pool.connect(); try { await c.query("x"); } catch (e) { c.release(e); throw e; } c.release(); }`,
    `${PG}export async function f() { const c = await pool.connect(); return c.query("x").finally(() => c.release()); }`,
    `${PG}export async function f() { const c = await pool.connect(); c.release(); await other(); }`,
    `${PG}export async function f() { return await pool.connect(); }`,
    `${PG}export async function f() { const c = await pool.connect(); return { c, end: () => c.release() }; }`,
    `${PG}export async function f(run) { const c = await pool.connect(); return run(c); }`,
    `${PG}class A { async open() { this.c = await pool.connect(); } }`,
    `${PG}export function f(cb) { pool.connect((err, client, done) => { if (err) return cb(err); client.query("x", (e, r) => { done(); cb(e, r); }); }); }`,
    `${PG}export async function f(a) { const c = await pool.connect(); try { if (a) return 1; for (const x of a) await c.query(x); return 2; } finally { c.release(); } }`,
    'import { open } from "node:fs/promises"; export async function f(p) { await using h = await open(p); return h.readFile(); }',
    'import { open } from "node:fs/promises"; const handle = await open("x"); await handle.read();',
    'export async function f(connectionPool) { const c = await connectionPool.getConnection(); return await c.send(); }',
    // Pools of something else, and connections that are made once.
    'export async function f(client) { await client.connect(); await client.query("x"); }',
    'export async function f(url) { const db = await mongoose.connect(url); await db.ping(); }',
    'const pool = new Pool(url); export async function f() { const { socket } = await pool.connect({ path: "/" }); await read(socket); }',
    'export async function f(pool) { const c = await pool.acquire(); try { await c.work(); } finally { pool.release(c); } }',
    'export async function f(pool) { const c = await pool.getConnection(); if (!c) throw new Error("none"); try { await c.query("x"); } finally { await c.release(); } }',
    `${PG}export async function f(work) { const c = await pool.connect(); try { return await work(c); } finally { try { await c.query("commit"); } finally { c.release(); } } }`,
    'import { open } from "node:fs/promises"; export async function f(p) { let n = 0; const h = await open(p); for await (const line of h.readLines()) n += line.length; return n; }',
    'export async function f(client, given, work) { let s = given.session; let own; if (s == null) { own = Symbol(); s = client.startSession({ owner: own }); } try { return await work(s); } finally { if (s.owner === own) await s.endSession(); } }',
    'import { MongoClient } from "mongodb"; const client = new MongoClient(url); export async function f() { const s = client.startSession(); try { await s.withTransaction(work); } finally { await s.endSession(); } }',
  ],
  invalid: [
    lost('import { MongoClient } from "mongodb"; const client = new MongoClient(url); export async function f() { const s = client.startSession(); await s.withTransaction(work); await s.endSession(); }', /session/, 1),
    lost(`${PG}export async function f(work) { const c = await pool.connect(); try { return await work(c); } finally {\n await c.query("commit"); c.release(); } }`, /when what line 2 awaits fails/),
    lost(`${PG}export async function f(work) { const c = await pool.connect(); if (!c[kQuery]) trace(c); await c.query("begin"); try { return await work(c); } finally { c.release(); } }`, /awaits fails/),
    lost(`${PG}export async function f() {\n const c = await pool.connect();\n await c.query("x");\n c.release(); }`, /when what line 3 awaits fails/, 1),
    lost(`${PG}export async function f() { const c = await pool.connect(); await c.query("x"); }`, /at all/),
    lost(`${PG}export async function f() { const c = await pool.connect(); c.on("error", log); }`, /not given back at all/),
    lost(`${PG}export async function f() { await pool.connect(); }`, /at all/),
    lost(`${PG}export async function f(id) { const c = await pool.connect();\n if (!id) return null;\n try { return await c.query("x"); } finally { c.release(); } }`, /when line 2 returns/),
    lost(`${PG}export async function f(id) { const c = await pool.connect(); try { const r = await c.query("x"); c.release(); return r; } catch (e) {\n throw e; } }`, /when line 2 throws/),
    lost(`${PG}export async function f(id) { const c = await pool.connect(); if (id) { c.release(); } }`, /every way to the end/),
    lost(`${PG}export async function f() { const c = await pool.connect(); return c.query("x").then((r) => { c.release(); return r; }); }`, /a promise before it is rejected/),
    lost('export function f(pool, cb) { pool.getConnection((err, conn) => { if (err) return cb(err); conn.query("x", (e, r) => {\n if (e) return cb(e);\n conn.release(); cb(null, r); }); }); }', /when line 2 returns/),
    lost('export async function f(dataSource) { const runner = dataSource.createQueryRunner(); await runner.connect(); await runner.query("x"); await runner.release(); }', /query runner is not given back/, 1),
    lost('import fs from "node:fs"; export async function f(p) { const h = await fs.promises.open(p); const b = await h.readFile(); await h.close(); return b; }', /file handle/, 1),
    lost('export async function f(browser, url) { const page = await browser.newPage(); await page.goto(url); const text = await page.content(); await page.close(); return text; }', /page/, 1),
    lost('export async function f(pool) { const c = await pool.acquire(); await c.work(); pool.release(c); }', /resource/, 1),
  ],
});

function lost(code: string, message: RegExp, suggestions?: number): RuleTester.InvalidTestCase {
  return { code, errors: [{ message, ...(suggestions !== undefined && { suggestions }) }] };
}
