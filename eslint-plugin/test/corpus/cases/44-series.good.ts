// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import client, { Counter, Histogram } from 'prom-client';
import { metrics } from '@opentelemetry/api';

const requests = new Counter({ name: 'requests_total', help: 'r', labelNames: ['method', 'route', 'status'] }); // OK
const latency = new Histogram({ name: 'latency', help: 'l', labelNames: ['route', 'outcome'] }); // OK
const app = express();
app.use((req, res, next) => {
  res.on('finish', () => { requests.inc({ method: req.method, route: req.route?.path ?? 'unmatched', status: res.statusCode }); }); // OK
  next();
});
app.get('/a', (req, res) => { latency.labels('/a', 'ok').observe(1); res.end(); }); // OK
app.get('/b', (req, res) => { requests.inc({ route: normalise(req.url) }); res.end(); }); // OK
app.get('/c', (req, res) => { requests.inc({ method: req.query.x === 'a' ? 'a' : 'other' }); res.end(); }); // OK
const fastify = Fastify();
fastify.addHook('onResponse', async (request, reply) => { latency.observe({ route: request.routeOptions.url, outcome: reply.statusCode < 500 ? 'ok' : 'failed' }, 1); }); // OK
const sizes = new client.Summary({ name: 'sizes', help: 's', labelNames: ['kind'] }); // OK
app.post('/d', (req, res) => { sizes.observe({ kind: 'body' }, Number(req.headers['content-length'])); res.end(); }); // OK
app.post('/e', (req, res) => { requests.inc(req.body.items.length); res.end(); }); // OK
const hits = metrics.getMeter('app').createCounter('hits');
app.get('/f', (req, res) => { hits.add(1, { route: '/f' }); res.end(); }); // OK
const cart = { add() {} };
app.get('/g', (req, res) => { cart.add(1, { url: req.url }); res.end(); }); // OK
logger.labels({ url: '/x' }); // OK
class Counter2 { inc() {} } app.get('/h', (req, res) => { new Counter2().inc({ url: req.url }); res.end(); }); // OK
