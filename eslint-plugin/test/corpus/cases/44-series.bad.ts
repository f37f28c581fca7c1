// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import client, { Counter, Histogram, Gauge } from 'prom-client';
import { metrics } from '@opentelemetry/api';
import Koa from 'koa';
import { randomUUID } from 'node:crypto';

const requests = new Counter({ name: 'requests_total', help: 'r', labelNames: ['method', 'target'] });
const latency = new client.Histogram({ name: 'latency_seconds', help: 'l', labelNames: ['route', 'who'] });
const users = new Gauge({ name: 'users', help: 'u', labelNames: ['user_id'] }); // BAD
const sessions = new client.Summary({ name: 'sessions', help: 's', labelNames: ['kind', 'sessionId'] }); // BAD

const app = express();
app.use((req, res, next) => {
  res.on('finish', () => { requests.inc({ method: req.method, target: req.originalUrl }); }); // BAD
  const end = latency.startTimer();
  res.once('close', () => { end({ route: req.path }); }); // BAD
  next();
});
app.get('/users/:id', (req, res) => {
  const { id } = req.params;
  requests.labels('GET', id).inc(); // BAD
  latency.labels({ route: `/users/${req.params.id}`, who: 'x' }).observe(1); // BAD
  latency.observe({ route: 'x', who: req.headers['user-agent'] }, 2); // BAD
  res.end();
});
app.use((error, req, res, next) => { requests.inc({ method: 'x', target: error.message }); next(error); }); // BAD
const fastify = Fastify();
fastify.addHook('onResponse', async (request, reply) => { latency.labels(request.url, 'a').observe(reply.elapsedTime); }); // BAD
fastify.get('/q', async (request) => { const target = request.query.q; requests.inc({ target }); return {}; }); // BAD
new Koa().use(async (ctx, next) => { await next(); requests.inc({ method: ctx.method, target: ctx.ip }); }); // BAD
const hits = metrics.getMeter('app').createCounter('hits');
app.get('/hits', (req, res) => { hits.add(1, { client: req.ip }); res.end(); }); // BAD
app.get('/trace', (req, res) => { requests.inc({ method: 'GET', target: randomUUID() }); res.end(); }); // BAD
class Meter { #calls = new Counter({ name: 'calls', help: 'c', labelNames: ['requestId'] }); } // BAD
new Meter();
