// @ts-nocheck
import express from 'express';
import Ajv from 'ajv';
import { Pool } from 'pg';
import { createClient } from 'redis';
import Handlebars from 'handlebars';
import { EventEmitter } from 'node:events';

const app = express();
const ajv = new Ajv();
const validate = ajv.compile({ type: 'object' }); // OK
const pool = new Pool(); // OK
const cache = await createClient().connect(); // OK
const page = Handlebars.compile('<p>{{name}}</p>'); // OK
app.get('/a', async (req, res) => { const client = await pool.connect(); try { res.json((await client.query('select 1')).rows); } finally { client.release(); } }); // OK
app.post('/b', (req, res) => { res.json(validate(req.body)); }); // OK
app.get('/c', (req, res) => { res.send(page(req.query)); }); // OK
app.get('/d', async (req, res) => { res.end(await cache.get('x')); }); // OK
let lazy; app.get('/e', async (req, res) => { lazy ??= new Pool(); res.json(await lazy.query('x')); }); // OK
const compiled = new Map(); app.post('/f', (req, res) => { let check = compiled.get('f'); if (!check) { check = ajv.compile({ type: 'string' }); compiled.set('f', check); } res.json(check(req.body)); }); // OK
export function makePool(url) { return new Pool({ connectionString: url }); } // OK
setInterval(() => { count += 1; }, 1000); // OK
let running = false; setInterval(async () => { if (running) return; running = true; try { await sync(); } finally { running = false; } }, 1000); // OK
(async function loop() { for (;;) { await sync(); await sleep(1000); } })(); // OK
new EventEmitter().setMaxListeners(20); // OK
view.setMaxListeners(50); // OK
app.use(express.json()); // OK
