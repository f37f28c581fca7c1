import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../index.js';

const IMPORTS = "import client, { Counter, Histogram } from 'prom-client'; import { metrics } from '@opentelemetry/api'; const c = new Counter({ name: 'c', help: 'c' }); const h = new Histogram({ name: 'h', help: 'h' });\n";

function lint(code: string, options: object = {}): string[] {
  const config = { languageOptions: { parser, sourceType: 'module' }, plugins: { hcnode: plugin as never }, rules: { 'hcnode/no-high-cardinality-label': ['error', options] } } as Linter.Config;
  return new Linter().verify(IMPORTS + code, [config]).map(({ message }) => message);
}

test.each([
  ["new Counter({ name: 'a', help: 'a', labelNames: ['userId', 'path'] })", 2],
  ["const LABELS = ['email', 'result'] as const; new Counter({ name: 'a', help: 'a', labelNames: LABELS })", 1],
  ["class Metrics { seconds = new Histogram({ name: 's', help: 's' }); use(req, res, next) { const end = this.seconds.startTimer(); res.on('finish', () => { end({ route: req.originalUrl }); }); next(); } }", 1],
  ["app.use((req, res, next) => { c.inc({ key: [req.method, req.originalUrl].join(' ') }); next(); })", 1],
  ["new client.Summary({ name: 'http_duration', help: 'h', labelNames: ['url'] })", 1],
  ['app.use((req, r, n) => { c.inc({ route: req.url }); n() })', 1],
  ['app.use((req, r, n) => { c.inc({ userId: String(req.params.id), path: req.url }); n() })', 2],
  ['app.use((req, r, n) => { h.labels(req.originalUrl, req.method).observe(1); n() })', 1],
  ['app.use((req, r, n) => { h.observe({ route: req.path, method: req.method }, 1); n() })', 1],
  ["app.use((err, q, r, n) => { c.labels({ e: err.message }).inc(); n() })", 1],
  ["app.use((failure, q, r, n) => { c.labels({ e: failure.message }).inc(); n() })", 1],
  ["app.use((req, res, n) => { const end = h.startTimer(); res.on('finish', () => end({ route: req.ip })); n() })", 1],
  ['app.use((req, r, n) => { const { url } = req; c.inc({ route: url }); n() })', 1],
  ["app.use((req, r, n) => { c.inc({ route: `${req.method} ${req.path}` }); n() })", 1],
  ['function f() { try { g() } catch (error) { c.inc({ reason: error.message }) } }', 1],
  ["import { requestCounter } from './metrics.js'; app.use((req, r, n) => { requestCounter.inc({ path: req.headers['user-agent'] }); n() })", 1],
  ["const k = metrics.getMeter('x').createCounter('y'); app.use((req, r, n) => { k.add(1, { path: req.url }); n() })", 1],
])('reports %s', (code, count) => {
  expect(lint(code)).toHaveLength(count);
});

test.each([
  "new Histogram({ name: 'h', help: 'h', labelNames: ['route', 'method', 'status'] })",
  "app.use((req, r, n) => { h.observe({ route: req.route?.path ?? 'unmatched', method: req.method }, 1); n() })",
  "h.labels('/u/:id', 'GET', '200').observe(1)",
  'app.use((req, r, n) => { c.inc({ route: normalise(req.url) }); n() })',
  'app.use((request, r, n) => { c.inc({ route: request.routeOptions.url }); n() })',
  'const set = new Set(); app.use((req, r, n) => { set.add(req.url); n() })',
  'app.use((req, res, n) => { res.set({ path: req.url }); n() })',
])('is silent about %s', (code) => {
  expect(lint(code)).toEqual([]);
});

test('an allowed label is not reported', () => {
  expect(lint("new Counter({ name: 'a', help: 'a', labelNames: ['user_id'] })", { allow: ['user_id'] })).toEqual([]);
});
