import express from 'express';
import zlib from 'node:zlib';
import { EventEmitter } from 'node:events';
import events from 'node:events';
import { Pool } from 'pg';
import { Redis } from 'ioredis';
import { Ajv } from 'ajv';
const app = express(); const pool = new Pool(); const ajv = new Ajv();
app.get('/pool', async (_q, r) => { const p = new Pool(); r.json(await p.query('select 1')); }); // BAD client-per-request
app.get('/redis', async (_q, r) => { const c = new Redis(); r.json(await c.get('x')); }); // BAD client-per-request
app.get('/conn', async (_q, r) => { const c = await pool.connect(); const x = await c.query('select 1'); c.release(); r.json(x.rows); }); // BAD unreleased-on-throw
app.post('/ajv', (q, r) => { r.json(ajv.compile(q.body.schema)(q.body.data)); }); // BAD compile-in-handler
new EventEmitter().setMaxListeners(0); // BAD max-listeners
events.defaultMaxListeners = Infinity; // BAD max-listeners
setInterval(async () => { await fetch('http://x'); }, 100); // BAD async-interval
app.post('/unzip', (q, r) => { zlib.gunzip(q.body, (_e, b) => r.end(b)); }); // LEFT TO eslint-plugin-node-security
app.get('/fetch', async (_q, r) => { const x = await fetch('http://x'); if (!x.ok) throw new Error('bad'); r.json(await x.json()); }); // BAD unconsumed-body
app.get('/re', (q, r) => { r.json(/^(a+)+$/.test(String(q.query.s))); }); // LEFT TO eslint-plugin-regexp
app.get('/re2', (q, r) => { r.json(new RegExp(String(q.query.re)).test('x')); }); // BAD dynamic-regexp
app.get('/all', async (q, r) => { r.json(await Promise.all(q.body.ids.map((i: string) => fetch(`http://x/${i}`)))); }); // BAD unbounded-concurrency
