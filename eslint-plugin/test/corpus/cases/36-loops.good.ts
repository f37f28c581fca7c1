// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

const app = express();
app.get('/few', (req, res) => { for (let i = 0; i < 100; i++) work(i); res.end(); }); // OK
app.get('/clamped', (req, res) => {
  const count = Math.min(Number(req.query.count) || 10, 100);
  for (let i = 0; i < count; i++) work(i); // OK
  res.end();
});
app.get('/checked', (req, res) => {
  const pages = Number(req.query.pages);
  if (!(pages <= 50)) return res.sendStatus(400);
  for (let page = 0; page < pages; page++) work(page); // OK
  res.end();
});
app.get('/yielding', async (req, res) => {
  for (let i = 0; i < 1e7; i++) if (i % 10_000 === 0) await turn(); // OK
  res.end();
});
app.post('/indexed', (req, res) => {
  const users = new Map(req.body.users.map((user) => [user.id, user]));
  for (const order of req.body.orders) order.user = users.get(order.userId); // OK
  res.json(req.body.orders);
});
app.post('/set', (req, res) => { const known = new Set(req.body.known); res.json(req.body.names.filter((name) => known.has(name))); }); // OK
app.post('/roles', (req, res) => { res.json(req.body.users.filter((user) => ['admin', 'owner'].includes(user.role))); }); // OK
app.post('/once', (req, res) => { for (const item of req.body.items) work(item); res.end(); }); // OK
const table = [];
for (let i = 0; i < 1_000_000; i++) table.push(i); // OK
export function bench(n) { for (let i = 0; i < n; i++) work(i); } // OK
async function poll(deadline) { while (Date.now() < deadline) await sleep(100); } // OK
app.get('/poll', async (req, res) => { await poll(Date.now() + 1000); res.end(); });
const fastify = Fastify();
fastify.get('/depth', async () => depth({ children: [] }));
function depth(node) { return 1 + Math.max(0, ...node.children.map(depth)); } // OK
fastify.get('/fact', async () => factorial(10));
function factorial(n) { return n < 2 ? 1 : n * factorial(n - 1); } // OK
fastify.post('/pages', async (request) => { for (const id of request.body.ids) await load(id); return {}; }); // OK
