// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import Koa from 'koa';
import { performance } from 'node:perf_hooks';

const app = express();
const LIMIT = 5_000_000;
app.get('/sum', (req, res) => {
  let total = 0;
  for (let i = 0; i < LIMIT; i++) total += Math.sqrt(i); // BAD
  res.json({ total });
});
app.get('/primes', (req, res) => {
  const { upTo } = req.query;
  const found = [];
  for (let n = 2; n < Number.parseInt(upTo, 10); n += 1) if (isPrime(n)) found.push(n); // BAD
  res.json(found);
});
app.post('/match', (req, res) => {
  const { left, right } = req.body;
  const pairs = [];
  for (const a of left) {
    for (const b of right) if (a.id === b.id) pairs.push([a, b]); // BAD
  }
  res.json(pairs);
});
app.post('/unique', (req, res) => {
  const names = req.body.names;
  res.json(names.filter((name, index) => names.indexOf(name) === index)); // BAD
});
app.post('/join', (req, res) => {
  for (const order of req.body.orders) order.user = req.body.users.find((user) => user.id === order.userId); // BAD
  res.json(req.body.orders);
});
app.post('/flat', (req, res) => {
  res.json(req.body.items.reduce((all, item) => [...all, item.name], [])); // BAD
});

const fastify = Fastify();
fastify.post('/pad', async (request) => {
  let text = '';
  let left = +request.body.width;
  while (left-- > 0) text += ' '; // BAD
  return text;
});
fastify.get('/fib/:n', async ({ params }) => fibonacci(Number(params.n)));
function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); } // BAD

function sleepSync(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until) { /* wait */ } // BAD
}
new Koa().use(async (ctx, next) => { sleepSync(50); await next(); });

export function waitFor(flag) {
  Atomics.wait(flag, 0, 0); // BAD
}
export function until(deadline) { do { /* spin */ } while (Date.now() < deadline); } // BAD
export function spin(ms) { const start = process.hrtime.bigint(); for (; process.hrtime.bigint() - start < ms;); } // BAD
app.get('/steps', (req, res) => {
  const steps = req.params.count * 2;
  for (let step = 0; step <= steps; ++step) simulate(step); // BAD
  res.end();
});
