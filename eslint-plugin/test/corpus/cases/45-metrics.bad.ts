// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import client, { Counter, Gauge as Level, Registry, collectDefaultMetrics } from 'prom-client';
import { metrics } from '@opentelemetry/api';
import http from 'node:http';
import Koa from 'koa';
import { Server } from 'socket.io';

const app = express();
app.get('/a', (req, res) => { const hits = new Counter({ name: 'hits', help: 'h' }); hits.inc(); res.end(); }); // BAD
app.post('/b', async (req, res) => { new client.Histogram({ name: 'sizes', help: 's' }).observe(1); res.end(); }); // BAD
app.get('/metrics', async (req, res) => { collectDefaultMetrics(); res.end(await client.register.metrics()); }); // BAD
app.get('/registry', async (req, res) => { const registry = new Registry(); res.end(await registry.metrics()); }); // BAD
const gauge = (name) => new Level({ name, help: name }); // BAD
app.get('/level/:name', (req, res) => { gauge(req.params.name).set(1); res.end(); });
const fastify = Fastify();
fastify.addHook('onRequest', async (request) => { request.timer = new client.Summary({ name: 't', help: 't' }).startTimer(); }); // BAD
fastify.get('/otel', async () => { const meter = metrics.getMeter('m'); meter.createCounter('hits').add(1); return {}; }); // BAD
new Koa().use(async (ctx, next) => { const meter = metrics.getMeter('k'); const duration = meter.createHistogram('duration'); await next(); duration.record(1); }); // BAD
http.createServer((req, res) => { new client.Gauge({ name: 'open', help: 'o' }).inc(); res.end(); }); // BAD
new Server(3).on('connection', (socket) => { socket.on('move', () => { new Counter({ name: 'moves', help: 'm' }).inc(); }); }); // BAD
class Stats { count(name) { new Counter({ name, help: name }).inc(); } } // BAD
const stats = new Stats();
app.delete('/x', (req, res) => { stats.count('x'); res.end(); });
function track(req, res, next) { client.collectDefaultMetrics({ prefix: 'p_' }); next(); } // BAD
app.use(track);
