import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-retained-request.js';

const app = "import express from 'express'; const app = express();";
/** The message has a case of its own. */
const reported = (code: string): { readonly code: string; readonly errors: number } => ({ code, errors: 1 });
const withApp = (code: string): string => `${app} ${code}`;

new RuleTester({ languageOptions: { parser } }).run('no-retained-request', rule, {
  valid: [
    // Something takes it out again.
    ...[
      `const live = new Set(); app.use((req, res, n) => { live.add(req.socket); req.socket.once('close', () => live.delete(req.socket)); n(); });`,
      `const live = new Set(); app.use((req, res, n) => { const entry = { req }; live.add(entry); res.on('finish', () => { live.delete(entry); }); n(); });`,
      `let clients = []; app.get('/', (req, res) => { clients.push(res); req.on('close', () => { clients = clients.filter((each) => each !== res); }); });`,
      `const queue = []; app.use((req, res, next) => { queue.push({ req, res, next }); drain(); }); function drain() { queue.shift()?.next(); }`,
      `const rooms = {}; app.get('/:r', (req, res) => { (rooms[req.params.r] ??= new Set()).add(res); req.on('close', () => rooms[req.params.r].delete(res)); });`,
      `const open = {}; app.get('/:id', (req, res) => { open[req.params.id] = res; res.on('close', () => { open[req.params.id] = undefined; }); });`,
      `import { drop } from './drop.js'; const open = []; app.get('/', (req, res) => { open.push(res); res.on('close', () => drop(open, res)); });`,
      `let busy; app.post('/', async (req, res) => { busy = req; try { await work(req); } finally { busy = undefined; } });`,
      `let current; app.use((req, res, next) => { const before = current; current = req; try { next(); } finally { current = before; } });`,
      `const state = {}; app.use((req, res, next) => { state.req = req; res.on('finish', () => { delete state.req; }); next(); });`,
    ].map(withApp),
    // It goes with the request.
    ...[
      `const marks = new WeakMap(); app.use((req, res, next) => { marks.set(req, Date.now()); next(); });`,
      `const refs = []; app.use((req, res, next) => { refs.push(new WeakRef(req)); next(); });`,
      `app.use((req, res, next) => { const all = []; all.push(req); const map = new Map(); map.set('a', res); work(all, map); next(); });`,
      `app.use((req, res, next) => { res.locals.req = req; req.response = res; req.socket.last = req; next(); });`,
      `class Context { constructor(req) { this.req = req; } } app.use((req, res, next) => { req.context = new Context(req); next(); });`,
      `const store = new AsyncLocalStorage(); app.use((req, res, next) => { store.run({ req }, next); });`,
    ].map(withApp),
    // Not the request, but what it says.
    ...[
      `const ids = []; app.use((req, res, next) => { const { id } = req; ids.push(id, req.ip, { url: req.url }); next(); });`,
      `const counts = new Map(); app.use((req, res, next) => { counts.set(req.ip, 1); next(); });`,
      `let last; app.use((req, res, next) => { last = req.url; next(); });`,
    ].map(withApp),
    // Nobody knows how long these live, or who lets go.
    withApp('export class Migration { start() { app.get("/", (req, res) => { this.response = res; }); } }'),
    'export class Base { init(req, res) { this.req = req; this.res = res; } }',
    'const pending = new Map(); function send(request) { pending.set(request.id, request); }',
    'class Agent { constructor() { this.free = []; } add(req, options) { this.free.push(req); } }',
    withApp(`import { clients } from './clients.js'; app.get('/', (req, res) => { clients.push(res); });`),
    withApp(`import { LRUCache } from 'lru-cache'; const kept = new LRUCache({ max: 5 }); app.use((req, res, next) => { kept.set(req.id, req); next(); });`),
    `export const handler = async (event) => { all.push(event); }; const all = [];`,
    `const server = require('http').createServer(); let seen; server.once('request', (req, res) => { seen = req; res.end(); });`,
  ],
  invalid: [
    {
      code: withApp(`let last; app.use((req, res, n) => { last = req; n(); });`),
      errors: [{
        message: "'req' (headers, socket, body) is kept alive by 'last', which nothing takes it out of. Copy out what you need first, or remove it when the connection closes. Reached from app.use at line 1.",
        line: 1, column: app.length + 39, endColumn: app.length + 49,
      }],
    },
    ...[
      `const reqs = new Map(); app.post('/d', (req, res) => { reqs.set(req.body.id, req); res.end(); });`,
      `const marks = new Map(); app.use((req, res, next) => { marks.set(req, Date.now()); next(); });`,
      `const clients = []; app.get('/', (q, s) => { const client = { id: Date.now(), s }; clients.push(client); });`,
      `const sockets = new Set(); app.use((req, res, next) => { const { socket } = req; sockets.add(socket); next(); });`,
      `const failed = []; app.use((err, req, res, next) => { failed.push({ err, req }); next(err); });`,
      `const all = []; const remember = (request) => { all.push(request); }; app.use((q, s, next) => { remember(q); next(); });`,
      `let list = []; app.use((req, res, next) => { list = [...list, req]; next(); });`,
      `const rooms = new Map(); app.get('/:r', (req, res) => { if (!rooms.has(req.params.r)) rooms.set(req.params.r, []); rooms.get(req.params.r).push(res); });`,
      `app.use((req, res, next) => { app.locals.last = req; next(); });`,
      `class Stats { static last; static note(req) { Stats.last = req; } } app.use((req, res, next) => { Stats.note(req); next(); });`,
      `class Tracker { #all = new Set(); handle = (req, res, next) => { this.#all.add(req); next(); }; } app.use(new Tracker().handle);`,
      `class Tracker { note(req) { this.last = req; } } const tracker = new Tracker(); app.use((req, res, next) => { tracker.note(req); next(); });`,
      `const slow = []; app.use((req, res, next) => { res.on('finish', () => { slow.push({ req, at: Date.now() }); }); next(); });`,
      `global.kept = []; app.get('/', (req, res) => { global.kept.push(req); res.end(); });`,
    ].map((code) => reported(withApp(code))),
    // Other frameworks, and other ways to be one.
    reported(`import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); const byUser = {}; wss.on('connection', (socket, request) => { byUser[request.url] = socket; });`),
    reported(`import { Server } from 'socket.io'; const io = new Server(); const users = {}; io.on('connection', (s) => { s.on('join', (name) => { users[name] = s; }); });`),
    reported(`const Koa = require('koa'); const app = new Koa(); let current; app.use(async (c, next) => { current = c; await next(); });`),
    reported('export default async function plugin(fastify, opts) { const waiting = []; fastify.get("/", (request, reply) => { waiting.push(reply); }); }'),
    reported('module.exports = function track() { const all = []; return function (req, res, next) { all.push({ req }); next(); }; };'),
    reported(`import net from 'node:net'; const open = []; net.createServer((c) => { open.push(c); }).listen(1);`),
    reported(`import type { Response } from 'express'; const clients = new Set<Response>(); export function subscribe(to: Response) { clients.add(to); }`),
    reported(`import { Controller, Get, Res } from '@nestjs/common'; @Controller() export class Events { private readonly open: unknown[] = []; @Get() all(@Res() res: unknown) { this.open.push(res); } }`),
    reported(`import { CanActivate, ExecutionContext } from '@nestjs/common'; const seen = []; export class Guard implements CanActivate { canActivate(context: ExecutionContext) { seen.push(context.switchToHttp().getRequest()); return true; } }`),
    reported(`import { Injectable, NestMiddleware } from '@nestjs/common'; @Injectable() export class Last implements NestMiddleware { private last: unknown; use(req: unknown, res: unknown, next: () => void) { this.last = req; next(); } }`),
    reported(`export class Api { #open = new Map(); register(app) { app.post('/x', async (request, reply) => { this.#open.set(request.id, reply); return reply; }); } }`),
    { code: 'const all = []; export function each(q, res) { all.push(q); }', options: [{ names: ['q'] }], settings: { hcnode: { handlerSignatures: [['q', 'res']] } }, errors: 1 },
  ],
});
