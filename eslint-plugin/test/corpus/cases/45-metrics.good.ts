// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import client, { Counter, Gauge } from 'prom-client';
import { metrics } from '@opentelemetry/api';
import { Counter as ClickCounter } from './clicks.js';

client.collectDefaultMetrics(); // OK
const hits = new Counter({ name: 'hits', help: 'h' }); // OK
const meter = metrics.getMeter('app'); const duration = meter.createHistogram('duration'); // OK
const app = express();
app.get('/a', (req, res) => { hits.inc(); duration.record(1); res.end(); }); // OK
app.get('/metrics', async (req, res) => { res.end(await client.register.metrics()); }); // OK
app.get('/clicks', (req, res) => { res.json(new ClickCounter().total); }); // OK
export function makeMetrics(register) { return { open: new Gauge({ name: 'open', help: 'o', registers: [register] }) }; } // OK
const made = makeMetrics(client.register);
app.get('/open', (req, res) => { made.open.inc(); res.end(); }); // OK
app.get('/guarded', (req, res) => { (client.register.getSingleMetric('g') ?? new Counter({ name: 'g', help: 'g' })).inc(); res.end(); }); // OK
class Metrics { constructor() { this.calls = new Counter({ name: 'calls', help: 'c' }); } } // OK
const instance = new Metrics(); app.get('/calls', (req, res) => { instance.calls.inc(); res.end(); }); // OK
const fastify = Fastify();
fastify.register(async (scope) => { const seen = new Counter({ name: 'seen', help: 's' }); scope.get('/', async () => { seen.inc(); return {}; }); }); // OK
fastify.addHook('onReady', async () => { new Gauge({ name: 'ready', help: 'r' }).set(1); }); // OK
let lazy; app.get('/lazy', (req, res) => { lazy ??= new Counter({ name: 'lazy', help: 'l' }); lazy.inc(); res.end(); }); // OK
app.listen(80, () => { new Gauge({ name: 'up', help: 'u' }).set(1); }); // OK
