import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-metric-in-handler.js';

const APP = "import express from 'express'; import client, { Counter } from 'prom-client'; import { metrics } from '@opentelemetry/api'; const app = express(); ";

new RuleTester({ languageOptions: { parser } }).run('no-metric-in-handler', rule, {
  valid: [
    `${APP}const visits = new Counter({ name: 'x', help: 'x' }); app.get('/', (req, res) => { visits.inc(); res.end(); });`,
    'import { Counter } from "prom-client"; export function makeMetrics(register) { return new Counter({ name: "y", help: "y", registers: [register] }); }',
    `${APP}app.get('/', (req, res) => { (client.register.getSingleMetric('g') ?? new Counter({ name: 'g', help: 'g' })).inc(); res.end(); });`,
    `${APP}function counter(name) { const known = client.register.getSingleMetric(name); if (known) return known; return new Counter({ name, help: name }); } app.get('/', (req, res) => { counter('g').inc(); res.end(); });`,
    `${APP}let orders; const counter = () => (orders ??= metrics.getMeter('a').createCounter('orders')); app.get('/', (req, res) => { counter().add(1); res.end(); });`,
    `${APP}class Timing { seconds = new client.Histogram({ name: 's', help: 's' }); use(req, res, next) { this.seconds.observe(1); next(); } }`,
    "import { Counter } from './clicks.js'; import express from 'express'; express().get('/', (req, res) => { res.json(new Counter().total); });",
  ],
  invalid: [
    { code: `${APP}app.get('/', (req, res) => { new Counter({ name: 'x', help: 'x' }).inc(); res.end(); });`, errors: [{ message: /^This metric is made for every request/ }] },
    {
      code: `${APP}app.get('/', (req, res) => {\n  const gauge = new client.Gauge({ name: 'g', help: 'g' });\n  gauge.set(1);\n});`,
      errors: [{ messageId: 'made', suggestions: [{ messageId: 'hoist', output: `${APP}const gauge = new client.Gauge({ name: 'g', help: 'g' });\n\napp.get('/', (req, res) => {\n  gauge.set(1);\n});` }] }],
    },
    // It needs something of the handler, or of what stands further down; or its name is used elsewhere.
    { code: `${APP}app.get('/', (req) => { const gauge = new client.Gauge({ name: req.path, help: 'g' }); gauge.set(1); });`, errors: [{ messageId: 'made' }] },
    { code: `${APP}app.get('/', () => { const gauge = new client.Gauge({ name, help: 'g' }); gauge.set(1); }); const name = 'g';`, errors: [{ messageId: 'made' }] },
    { code: `${APP}app.get('/', () => { const gauge = new client.Gauge({ name: 'g', help: 'g' }); gauge.set(1); }); function other(gauge) { return gauge; }`, errors: [{ messageId: 'made' }] },
    { code: `${APP}app.get('/metrics', async (req, res) => { client.collectDefaultMetrics(); res.end(await client.register.metrics()); });`, errors: [{ messageId: 'made' }] },
    { code: `${APP}const make = (name) => new Counter({ name, help: name }); app.get('/:n', (req, res) => { make(req.params.n).inc(); res.end(); });`, errors: [{ message: /via make/ }] },
    { code: `${APP}class Telemetry { meter = metrics.getMeter('a'); count() { this.meter.createCounter('b').add(1); } } const telemetry = new Telemetry(); app.get('/', (req, res) => { telemetry.count(); res.end(); });`, errors: [{ message: /via count/ }] },
    { code: `${APP}class Telemetry { constructor(name?: string); constructor() { this.meter = metrics.getMeter('a'); } count() { this.meter.createCounter('b').add(1); } } const telemetry = new Telemetry(); app.get('/', (req, res) => { telemetry.count(); res.end(); });`, errors: [{ message: /via count/ }] },
    { code: "import { Gateway, OnGatewayConnection } from '@nestjs/websockets'; import { Gauge } from 'prom-client'; class Chat implements OnGatewayConnection { handleConnection() { new Gauge({ name: 'g', help: 'g' }).inc(); } }", errors: [{ message: /every connection/ }] },
  ],
});
