import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-leaked-listener.js';

const tester = new RuleTester({ languageOptions: { parser } });

const APP = "import express from 'express'; import { EventEmitter } from 'node:events'; import { bus } from './bus.js'; const app = express(); ";

interface Suggested {
  readonly code: string;
  readonly when: string;
  readonly output: string;
}

const suggested: readonly Suggested[] = [
  {
    code: `${APP}\napp.get('/', (req, res) => {\n  bus.on('update', (d) => res.write(d));\n});`,
    when: "on 'close'",
    output: `${APP}\napp.get('/', (req, res) => {\n  const onUpdate = (d) => res.write(d);\n  bus.on('update', onUpdate);\n  res.once('close', () => bus.off('update', onUpdate));\n});`,
  },
  {
    code: `${APP}\napp.get('/', (req, res) => {\n  const send = () => res.end();\n  process.addListener('SIGTERM', send);\n});`,
    when: "on 'close'",
    output: `${APP}\napp.get('/', (req, res) => {\n  const send = () => res.end();\n  process.addListener('SIGTERM', send);\n  res.once('close', () => process.removeListener('SIGTERM', send));\n});`,
  },
  {
    code: "const stopping = new AbortController();\nfastify.get('/', async (request, reply) => {\n  stopping.signal.addEventListener('abort', () => reply.raw.end(), { passive: true });\n});",
    when: "on 'close'",
    output: "const stopping = new AbortController();\nfastify.get('/', async (request, reply) => {\n  const onAbort = () => reply.raw.end();\n  stopping.signal.addEventListener('abort', onAbort, { passive: true });\n  reply.raw.once('close', () => stopping.signal.removeEventListener('abort', onAbort, { passive: true }));\n});",
  },
  {
    code: "import { Server } from 'socket.io';\nnew Server().on('connection', (socket) => {\n  bus.on(EVENTS.x, (v) => socket.emit('x', v));\n});",
    when: "on 'disconnect'",
    output: "import { Server } from 'socket.io';\nnew Server().on('connection', (socket) => {\n  const listener = (v) => socket.emit('x', v);\n  bus.on(EVENTS.x, listener);\n  socket.once('disconnect', () => bus.off(EVENTS.x, listener));\n});",
  },
  {
    code: "class S { constructor(private bus: Bus) { this.bus.on('x', this.x); } x = () => {}; close() { this.y(); } }",
    when: 'in close()',
    output: "class S { constructor(private bus: Bus) { this.bus.on('x', this.x); } x = () => {}; close() { this.bus.off('x', this.x); this.y(); } }",
  },
];

tester.run('no-leaked-listener, suggestions', rule, {
  // What a suggestion makes of the code is not reported again.
  valid: suggested.map(({ output }) => output),
  invalid: suggested.map(({ code, when, output }) => ({ code, errors: [{ messageId: code.startsWith('class') ? 'injected' : 'leaked', suggestions: [{ messageId: 'remove', data: { when }, output }] }] })),
});

tester.run('no-leaked-listener', rule, {
  valid: [
    "process.on('SIGTERM', stop); server.on('error', log)",
    "export function start(server) { server.on('connection', track); process.on('SIGTERM', () => server.close()); }",
    `${APP} app.get('/', (req, res) => { const h = (d) => res.write(d); bus.on('u', h); req.on('close', () => bus.off('u', h)); })`,
    `${APP} app.get('/', (req, res) => { const h = (d) => res.write(d); bus.on('u', h); res.on('close', () => release(bus, h)); })`,
    `${APP} app.get('/', (req, res) => { bus.on('u', function f() { bus.removeListener('u', f); res.end(); }); })`,
    `${APP} app.get('/', (req, res) => { bus.on('u', () => res.end()); res.on('close', () => bus.removeAllListeners('u')); })`,
    `${APP} app.get('/', (req, res) => { req.on('data', log); res.on('finish', log); bus.once('ready', log); bus.on('x', log, { once: true }); })`,
    `${APP} app.get('/', (req, res) => { bus.addEventListener('x', () => res.end(), { signal: req.signal }); bus.addEventListener('x', () => res.end(), req.options); })`,
    `${APP} const send = () => {}; app.get('/', (req, res) => { bus.addEventListener('x', send); })`,
    `${APP} app.get('/', (req, res) => { const e = new EventEmitter(); e.on('x', () => res.end()); })`,
    `${APP} let last; app.get('/', (req, res) => { last = connect(); last.on('x', () => res.end()); })`,
    `${APP} let isReady = false; app.get('/', (req, res) => { if (!isReady) { isReady = true; bus.on('x', () => log()); } })`,
    `${APP} app.get('/', (req, res) => { if (bus.listenerCount('x') === 0) bus.on('x', () => log()); })`,
    `${APP} app.get('/', (req, res) => { const l = bus.on('x', () => res.end(), { objectify: true }); bus.once('tick', () => l.off()); })`,
    `${APP} app.get('/', (req, res) => { const stop = bus.on('x', () => res.end()); res.on('close', stop); })`,
    "class S { constructor() { this.e = new EventEmitter(); this.e.on('x', () => {}); } }",
    "class S { constructor(bus) { this.bus = bus; this.onX = this.onX.bind(this); bus.on('x', this.onX); } stop() { this.bus.off('x', this.onX); } onX() {} }",
    "class V { start() { this.sub = bus.on('x', f); } stop() { this.sub.dispose(); } }",
    "import { on } from 'events'; import { bus } from './b.js'; app.get('/', async (req, res) => { for await (const [m] of on(bus, 'm', { signal: req.signal })) res.write(m); })",
    `${APP} app.get('/', (req, res) => { const all = { a: () => res.end() }; for (const [k, l] of Object.entries(all)) bus.on(k, l); req.on('close', () => { for (const [k, l] of Object.entries(all)) bus.off(k, l); }); })`,
    `${APP} const follow = (res) => bus.on('x', () => res.end()); app.get('/', (req, res) => { const sub = follow(res); res.on('close', () => sub.unsubscribe()); })`,
    "const find = (e) => { for (const l of e.listeners('x')) e.off('x', l); e.on('x', () => {}); }",
    "export function all(e, f) { e.addEventListener('x', f, { capture: true }); return () => e.removeEventListener('x', f, true); }",
    "app.get('/', (req, res) => { db.on('a.id', 'b.id'); router.on('GET', '/x', f); })",
    "class S { constructor(socket) { this.socket = socket; this.socket.on('data', () => this.x()); } close() { this.socket.destroy(); } }",
    "class S { constructor(socket) { this.socket = socket; this.socket.on('data', () => this.x()); this.socket.on('close', () => this.y()); } close() { this.isOver = true; } }",
    "class S { constructor(socket) { this.socket = socket; this.socket.on('data', () => this.x()); } close() { end(this.socket); } }",
    "class S { constructor(private bus: Bus) { bus.on('x', () => this.x()); } }",
    "class S { constructor(private bus: Bus) { bus.on('x', () => this.x()); } close() { this.bus.removeAllListeners(); } }",
    "class S { constructor(private bus: Bus) { bus.on('x', () => this.x()); } start() {} stop() {} }",
    "class S extends Base { constructor(private bus: Bus) { super(); bus.on('x', () => this.x()); } close() { super.close(); } }",
    "@Injectable() class S { constructor(private bus: Bus) { bus.on('x', () => this.x()); } onModuleDestroy() { this.x(); } }",
    "class S { constructor(private bus: Bus) { bus.on('x', () => this.x()); } close() {} } export const f = () => new S(new Bus());",
    { code: "const ac = new AbortController(); app.get('/', (req, res) => { ac.signal.addEventListener('abort', () => res.end()); })", options: [{ abortSignals: false }] },
    `${APP} app.get('/', (req, res) => { req.socket.once('close', () => res.end()); })`,
    "request.on('socket', (socket) => { if (!socket.connecting) return; socket.on('lookup', () => work()); })",
    'import { Pool } from "pg"; const pool = new Pool(); export async function query(sql) { const client = await pool.connect(); client.on("error", log); try { return await client.query(sql); } finally { client.off("error", log); client.release(); } }',
    'import { Pool } from "pg"; const pool = new Pool(); export async function listen() { const client = await pool.connect(); client.on("notification", log); await client.query("listen x"); }',
    'import { Pool } from "pg"; const pool = new Pool(); pool.on("connect", (client) => { client.on("error", log); });',
    "request.on('socket', (socket) => { const f = () => work(); socket.on('lookup', f); request.on('close', () => socket.off('lookup', f)); })",
    `${APP} app.get('/', (req, res) => { const end = () => { res.end(); }; req.socket.on('close', end); })`,
    "function shake(req, socket, head) { req.socket.on('error', () => socket.end()); }",
    "function send(req, fail) { const f = () => fail(); if (req.socket) req.socket.setTimeout(10, f); else req.setTimeout(10, f); req.on('close', () => req.socket.removeListener('timeout', f)); }",
    "function send(req) { const { socket } = req; if (seen.has(socket)) return; seen.add(socket); socket.on('error', () => log(req)); }",
    "class Runner { run() { this.on('end', () => { process.removeListener('exit', this.stop); }); process.on('exit', () => this.stop()); process.on('exit', this.stop); } }",
    "class Runner { run() { this.on('end', () => { process.off('exit', this.stop); }); process.on('exit', () => this.stop()); } }",
    "class Store { constructor() { this.db = open(); } start() { const result = new EventEmitter(); this.db.on('error', (e) => result.emit('error', e)); return result; } }",
    "class Store { connect() { this.db = open(); } get() { const result = new EventEmitter(); this.db.on('error', (e) => result.emit('error', e)); return result; } }",
    "class Store { constructor() { this.db = open(); } get() { const result = new EventEmitter(); const f = (e) => result.emit('error', e); this.db.on('error', f); result.on('end', () => this.db.off('error', f)); return result; } }",
    "const wait = (signal) => new Promise((resolve, reject) => { const f = () => reject(signal.reason); signal.addEventListener('abort', f); work(() => { signal.removeEventListener('abort', f); resolve(); }); })",
    "function serve({ signal }) { const server = http.createServer(); signal.addEventListener('abort', () => server.close()); return server; }",
    "const wait = (request) => new Promise((resolve, reject) => { request.signal.addEventListener('abort', () => reject(new Error())); })",
    "class A { constructor(signal) { this.done = new Promise((resolve) => { signal.addEventListener('abort', () => resolve()); }); } }",
    `${APP} app.get('/', (req, res) => { bus.once('tick', () => res.end()); })`,
    "function Session(req, res) { const self = this; res.on('close', () => self.end()); } Session.prototype.end = function () { this.on('x', () => {}); }; app.get('/', (req, res) => { new Session(req, res); });",
    "import onExit from 'signal-exit'; onExit(() => clean()); module.exports = (req, res) => { const off = onExit(() => clean(req)); res.on('close', off); };",
    'function write(stream, chunk) { return new Promise((resolve, reject) => { const fail = (e) => reject(e); stream.once("error", fail); stream.once("drain", () => { stream.off("error", fail); resolve(); }); }); }',
    'async function copy(list) { const stream = open(); for (const each of list) if (!stream.write(each)) await new Promise((resolve, reject) => { stream.once("drain", resolve); stream.once("error", reject); }); }',
    'function opened(server) { return new Promise((resolve, reject) => { server.once("error", reject); server.once("listening", resolve); }); }',
    'class C { constructor() { this.link.on("open", () => { this.link.on("up", () => this.go()); }); } }',
    'class C { constructor() { this.link.on("reconnect", () => { this.link.once("up", () => this.go()); }); } }',
    'class C { constructor() { this.link.on("reconnect", () => { if (!this.bound) this.link.on("up", () => this.go()); this.bound = true; }); } }',
  ],
  invalid: [
    { code: "const onExit = require('signal-exit'); module.exports = (req, res) => { onExit(() => clean(req)); };", errors: [{ messageId: 'leaked', data: { event: 'exit', target: 'signal-exit', per: 'request', from: 'the (req, res) function at line 1' } }] },
    { code: "function wait(signal) { return new Promise((resolve, reject) => { signal.addEventListener('abort', () => { reject(signal.reason); }, { once: true }); }); }", errors: [{ messageId: 'signal', data: { target: 'signal', owner: 'wait' } }] },
    { code: 'async function run(work, parent: AbortSignal) { const own = new AbortController(); parent.addEventListener("abort", () => own.abort()); await work(own.signal); }', errors: [{ messageId: 'signal' }] },
    { code: 'import { OnGatewayConnection } from "@nestjs/websockets"; class G implements OnGatewayConnection { constructor(private readonly bus: Bus) {} handleConnection(client) { this.bus.on("price", (p) => client.emit("price", p)); } }', errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: 'import { WorkerHost } from "@nestjs/bullmq"; import { bus } from "./b.js"; class P extends WorkerHost { async process(job) { bus.on("stop", () => job.discard()); } }', errors: [{ messageId: 'leaked' }] },
    { code: "async function get(url, init) { const { signal } = init ?? {}; const own = new AbortController(); signal?.addEventListener('abort', () => own.abort()); return await fetch(url, { signal: own.signal }); }", errors: [{ messageId: 'signal' }] },
    { code: "const get = ({ signal } = {}) => new Promise((_, fail) => { const end = (e) => { fail(e); }; const stop = () => { end(new Error()); }; if (signal.addEventListener) signal.addEventListener('abort', stop); else signal.onabort = stop; })", errors: [{ messageId: 'signal' }] },
    { code: `${APP} app.get('/', (req, res) => { process.once('SIGTERM', () => res.end()); })`, errors: [{ messageId: 'leaked' }] },
    { code: "var SSE = function () { this.init = function (req, res) { this.on('data', (d) => { res.write(d); }); }.bind(this); }; inherits(SSE, EventEmitter);", errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "function Hub(server) { server.on('connection', this.follow.bind(this)); } Hub.prototype.follow = function (socket) { this.on('x', () => { socket.write('x'); }); };", errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "class Hub extends EventEmitter { constructor(server) { super(); this.follow = (socket) => this.greet(socket); server.on('connection', this.follow); } greet(socket) { this.once('close', () => { socket.end(); }); } }", errors: [{ messageId: 'leaked' }] },
    // A client of a pool is there for whoever takes it next.
    { code: 'import { Pool } from "pg"; const pool = new Pool(); export async function query(sql) { const client = await pool.connect(); client.on("error", log); try { return await client.query(sql); } finally { client.release(); } }', errors: [{ messageId: 'work' }] },
    { code: 'exports.query = (pool, sql, cb) => pool.getConnection((err, conn) => { if (err) return cb(err); conn.on("error", cb); conn.query(sql, (e, rows) => { conn.release(); cb(e, rows); }); });', errors: [{ messageId: 'work' }] },
    { code: "request.on('socket', (socket) => { socket.on('lookup', () => work()); })", errors: [{ messageId: 'leaked' }] },
    { code: `${APP} app.get('/', (req, res) => { req.socket.on('timeout', () => res.end()); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} app.get('/', (req, res) => { req.connection.on('close', () => stop()); res.json({}); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "function prepare(request) { const socket = request.socket; socket.on('error', () => log(request)); }", errors: [{ messageId: 'leaked' }] },
    { code: "client.once('request', (req) => { req.connection.once('connect', () => begin(req)); })", errors: [{ messageId: 'leaked' }] },
    { code: "request.once('socket', (socket) => { socket.once('end', ended.bind(socket)); })", errors: [{ messageId: 'leaked' }] },
    { code: "const limit = (request, fail, ms) => { if (request.socket) request.socket.setTimeout(ms, () => fail()); else request.setTimeout(ms, fail); }", errors: [{ messageId: 'leaked' }] },
    { code: "class Call { attach(stream) { stream.session.socket.on('close', () => { this.end(); }); } }", errors: [{ messageId: 'leaked' }] },
    { code: "module.exports = () => { const upgrade = debounce(open); middleware.upgrade = upgrade; return middleware; function middleware(req, res, next) { follow(req.connection.server); next(); } function follow(server) { server.on('upgrade', upgrade); } };", errors: [{ messageId: 'leaked' }] },
    { code: "Runner.prototype.run = function () { const self = this; this.on('end', function () { process.removeListener('exit', this.stop); }); process.on('exit', function (e) { self.stop(e); }); };", errors: [{ messageId: 'noop', data: { event: 'exit', line: '1', reason: 'the listener that was added is a function that is written there' } }] },
    { code: "class Store { constructor() { this.db = open(); } get() { const result = new EventEmitter(); this.db.on('error', (e) => result.emit('error', e)); return result; } }", errors: [{ messageId: 'work', data: { event: 'error', target: 'this.db', owner: 'get' } }] },
    {
      code: `${APP}\napp.get('/', (req, res) => { bus.on('u', (d) => res.write(d)); })`,
      errors: [{ messageId: 'leaked', suggestions: 1, line: 2, column: 30, data: { event: 'u', target: 'bus', per: 'request', from: 'app.get at line 2' } }],
    },
    { code: `${APP} app.get('/', (req, res) => { process.on('SIGTERM', () => res.end()); res.end(); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} app.get('/', (req, res) => { bus.prependListener('a', () => res.end()).on('b', () => res.end()); })`, errors: 2 },
    { code: `${APP} app.get('/', (req, res) => { const h = () => res.end(); bus.on('a', h); res.on('close', () => bus.off('b', h)); })`, errors: [{ messageId: 'noop' }] },
    { code: `${APP} function follow(emitter, res) { emitter.on('x', () => res.end()); } app.get('/', (req, res) => { follow(bus, res); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} const follow = (res) => bus.on('x', () => res.end()); app.get('/', (req, res) => { follow(res); })`, errors: [{ messageId: 'leaked' }] },
    { code: `${APP} app.get('/', (req, res) => { const events = req.app.get('events'); events.on('x', () => res.end()); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} app.get('/', (req, res) => { Bus.getInstance().on('x', () => res.end()); })`, errors: [{ messageId: 'leaked', data: { event: 'x', target: 'Bus.getInstance()', per: 'request', from: 'app.get at line 1' } }] },
    { code: `${APP} let own; function events() { return (own ??= new EventEmitter()); } app.get('/', (req, res) => { events().on('x', () => res.end()); })`, errors: [{ messageId: 'leaked' }] },
    { code: `module.exports = (router, events) => { router.get('/x', (req, res) => { events.on('x', () => res.end()); }); };`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "export default async function plugin(fastify) { fastify.get('/x', async (request, reply) => { request.server.events.on('x', () => reply.raw.end()); }); }", errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "import { WebSocketServer } from 'ws'; class Hub { constructor(store) { this.store = store; this.wss = new WebSocketServer({}); this.wss.on('connection', (ws) => { this.store.on('x', (v) => ws.send(v)); }); } }", errors: [{ messageId: 'leaked', suggestions: 1, data: { event: 'x', target: 'this.store', per: 'connection', from: "on 'connection' at line 1" } }] },
    { code: "@Controller() class C { constructor(private readonly events: EventEmitter2) {} @Sse('x') follow(@Res() res) { this.events.on('x', () => res.write('x')); } }", errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} class Session { constructor(events, res) { this.events = events; this.events.on('x', () => res.end()); } } app.get('/', (req, res) => { new Session(bus, res); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} app.get('/', (req, res) => { bus.once('x', () => res.end()); })`, options: [{ once: 'report' }], errors: [{ messageId: 'leaked' }] },
    { code: `${APP} app.get('/', (req, res) => { bus.listen('x', () => res.end()); })`, options: [{ emitterMethods: ['listen'] }], errors: [{ messageId: 'leaked' }] },
    { code: "const stopping = new AbortController(); app.get('/', (req, res) => { stopping.signal.addEventListener('abort', () => res.end()); })", errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: `${APP} const stopping = new AbortController(); app.get('/', (req, res) => { bus.addEventListener('x', () => res.end(), { signal: stopping.signal }); })`, errors: [{ messageId: 'leaked', suggestions: 1 }] },
    { code: "class S { constructor(private bus: Bus) { bus.on('x', this.x); } x = () => {}; close() {} }", errors: [{ messageId: 'injected', suggestions: 1, data: { event: 'x', target: 'bus', owner: 'S', cleanup: 'close' } }] },
    { code: "class S { #bus; constructor(bus) { this.#bus = bus; } start() { this.#bus.on('x', () => this.x()); } [Symbol.dispose]() { this.x(); } }", errors: [{ messageId: 'injected', data: { event: 'x', target: 'this.#bus', owner: 'S', cleanup: '[Symbol.dispose]' } }] },
    { code: "class S { constructor(bus) { bus.on('x', () => this.x()); } finish() {} }", settings: { hcnode: { cleanupMethods: ['finish'] } }, errors: [{ messageId: 'injected' }] },
    { code: "class S { start() { bus.on('x', this.h.bind(this)); } stop() { bus.off('x', this.h.bind(this)); } h() {} }", errors: [{ messageId: 'noop', data: { event: 'x', line: '1', reason: 'it is given what bind() makes, each time another function' } }] },
    { code: "class S { start() { bus.on('x', this.h.bind(this)); } stop() { bus.off('x', this.h); } h() {} }", errors: [{ messageId: 'noop', data: { event: 'x', line: '1', reason: 'the listener that was added is what bind() makes, each time another function' } }] },
    { code: "function f() { bus.on('y', () => log('y')); return () => bus.off('y', () => log('y')); }", errors: [{ messageId: 'noop' }] },
    { code: "class S { start() { bus.on('x', this.a); } stop() { bus.off('x', this.b); } a = () => {}; b = () => {}; }", errors: [{ messageId: 'noop', data: { event: 'x', line: '1', reason: "it is given 'this.b', and the listener that was added is 'this.a'" } }] },
    { code: "export function attach(el, f) { el.addEventListener('scroll', f, true); return () => el.removeEventListener('scroll', f); }", errors: [{ messageId: 'noop', data: { event: 'scroll', line: '1', reason: 'it has another capture flag than addEventListener() had' } }] },
    { code: 'class W { write(row) { return new Promise((resolve, reject) => { this.ws.once("error", (e) => reject(e)); this.ws.once("drain", () => resolve()); }); } }', errors: [{ messageId: 'wait', data: { event: 'error', other: 'drain', target: 'this.ws' } }] },
    { code: 'function write(stream, chunk) { return new Promise((resolve, reject) => { stream.once("error", reject); if (stream.write(chunk)) resolve(); else stream.once("drain", resolve); }); }', errors: [{ messageId: 'wait' }] },
    { code: 'class C { constructor() { this.link.on("reconnect", () => { this.link.on("up", () => this.go()); }); } }', errors: [{ messageId: 'event', data: { event: 'up', other: 'reconnect', target: 'this.link' } }] },
  ],
});

const CLIENT = "import { createConnection } from 'node:net'; class Client { constructor() { this.socket = createConnection(1); }";

tester.run('no-leaked-listener, promises of methods', rule, {
  valid: [
    `${CLIENT} ask(q) { return new Promise((resolve, reject) => { const off = () => { this.socket.off('data', take); this.socket.off('error', fail); }; const take = (d) => { off(); resolve(d); }; const fail = (e) => { off(); reject(e); }; this.socket.on('data', take); this.socket.on('error', fail); this.socket.write(q); }); } }`,
    `${CLIENT} ask(q) { return new Promise((resolve, reject) => { this.socket.once('data', (d) => { this.socket.removeAllListeners('error'); resolve(d); }); this.socket.once('error', (e) => { this.socket.removeAllListeners('data'); reject(e); }); }); } }`,
    `${CLIENT} ask(q) { const fail = () => this.fail(); const asked = new Promise((resolve) => { this.socket.on('error', fail); this.socket.once('data', resolve); }); return asked.finally(() => this.socket.off('error', fail)); } }`,
    `${CLIENT} waitUntilReady() { return new Promise((resolve, reject) => { this.socket.once('error', reject); this.socket.once('ready', resolve); }); } }`,
    `${CLIENT} last(q) { return new Promise((resolve, reject) => { this.socket.once('error', reject); this.socket.once('answer', (d) => { this.socket.destroy(); resolve(d); }); }); } }`,
    `${CLIENT} next() { return new Promise((resolve) => { this.socket.once('data', resolve); }); } }`,
    "class Client { connectTo() { this.socket = createConnection(1); } ask(q) { return new Promise((resolve, reject) => { this.socket.once('error', reject); this.socket.once('answer', resolve); }); } }",
    "class Client { ask(q) { return new Promise((resolve, reject) => { const call = begin(q); call.on('error', reject); call.on('answer', resolve); }); } }",
    "import { Duplex } from 'node:stream'; class Call extends Duplex { constructor(options) { super(); const { signal } = options; const stop = () => this.destroy(); signal.addEventListener('abort', stop); this.on('close', () => signal.removeEventListener('abort', stop)); } }",
    "import { Duplex } from 'node:stream'; class Call extends Duplex { controller = new AbortController(); constructor() { super(); this.controller.signal.addEventListener('abort', () => this.destroy()); } }",
    "class Call { constructor(options) { this.options = options; this.options.signal.addEventListener('abort', () => this.destroy()); } }",
  ],
  invalid: [
    {
      code: `${CLIENT} ask(q) { return new Promise((resolve, reject) => { const take = (d) => { this.socket.removeListener('error', fail); resolve(d); }; const fail = (e) => { this.socket.removeListener('data', take); reject(e); }; this.socket.on('data', take); this.socket.once('error', fail); }); } }`,
      errors: [{ messageId: 'work', data: { event: 'data', target: 'this.socket', owner: 'ask' } }],
    },
    { code: `${CLIENT} list(path) { return new Promise((resolve, reject) => { this.socket.on('error', reject); this.read(path, (e, found) => (e ? reject(e) : resolve(found))); }); } }`, errors: [{ messageId: 'work' }] },
    { code: "function Client() { this.link = open(); } Client.prototype.list = function (path) { return new Promise((resolve, reject) => { this.link.on('error', (e) => { reject(e); }); this.read(path, resolve); }); };", errors: [{ messageId: 'work' }] },
    { code: "const Promise = require('bluebird'); class Shell extends EventEmitter { exec(c) { return new Promise((resolve, reject) => { this.write(c, () => { this.once('answer', () => resolve(this.text)); this.once('tooLong', () => reject(new Error('x'))); }); }); } }", errors: [{ messageId: 'work' }, { messageId: 'work' }] },
    { code: "import { Duplex } from 'node:stream'; class Call extends Duplex { constructor(url, options) { super(); this.options = new Options(url, options); this.options.signal?.addEventListener('abort', () => { this.destroy(new AbortError()); }); } }", errors: [{ messageId: 'signal', data: { target: 'this.options.signal', owner: 'Call' } }] },
    { code: "import { Readable } from 'readable-stream'; class Rows extends Readable { constructor(query, signal) { super(); signal.addEventListener('abort', () => this.destroy(), { once: true }); } }", errors: [{ messageId: 'signal' }] },
    { code: "module.exports = function (uri, done) { const cb = once(done); const req = request(uri, decoded(cb)); req.on('socket', function (s) { s.on('error', cb); }); };", errors: [{ messageId: 'leaked' }] },
  ],
});

tester.run('no-leaked-listener, what runs for each subject or start', rule, {
  valid: [
    "function subscribe(client, channel, handle) { client.subscribe(channel); client.on('message', (from, text) => { if (from === channel) handle(text); }); }",
    "function subscribe(client, channel, handle) { client.subscribe(channel); const take = (from, text) => { if (from === channel) handle(text); }; client.on('message', take); return () => { client.unsubscribe(channel); client.off('message', take); }; }",
    "function subscribe(client, channel, handle) { if (!client[HANDLERS]) { client[HANDLERS] = new Map(); client.on('message', (from, text) => client[HANDLERS].get(from)?.(text)); } client[HANDLERS].set(channel, handle); client.subscribe(channel); } function unsubscribe(client, channel) { client.unsubscribe(channel); }",
    "let running; export function get() { running ??= start(); return running; } function start() { process.on('exit', () => stop()); return spawn('x'); }",
    "let running = null; export function get() { if (!running) running = start(); return running; } function start() { const child = spawn('x'); const stop = () => child.kill(); process.on('exit', stop); child.on('exit', () => { process.off('exit', stop); running = null; }); return child; }",
  ],
  invalid: [
    { code: "function subscribe(client, channel, handle) { client.ssubscribe(channel); client.on('smessage', (from, text) => { if (from === channel) handle(text); }); } function unsubscribe(client, channel) { client.sunsubscribe(channel); }", errors: [{ messageId: 'work', data: { event: 'smessage', target: 'client', owner: 'subscribe' } }] },
    { code: "class Hub { join(room, send) { this.redis.subscribe(room); this.redis.on('message', (from, text) => { if (from === room) send(text); }); } leave(room) { this.redis.unsubscribe(room); } }", errors: [{ messageId: 'work' }] },
    { code: "let running = null; export async function get() { if (!running) running = start(); return running; } async function start() { const child = spawn('x'); child.on('exit', () => { running = null; }); process.on('exit', () => child.kill()); return child; }", errors: [{ messageId: 'work', data: { event: 'exit', target: 'process', owner: 'start' } }] },
  ],
});

tester.run('no-leaked-listener, races', rule, {
  valid: [
    "import { once } from 'node:events'; export async function first(stream) { await Promise.race([once(stream, 'readable'), once(stream, 'end')]); }",
    "import { once } from 'node:events'; export async function all(stream) { const stop = new AbortController(); while (stream.open) { await Promise.race([once(stream, 'readable', { signal: stop.signal }), once(stream, 'end', { signal: stop.signal })]); } }",
    "import { once } from 'node:events'; export async function each(paths) { for (const path of paths) { const child = start(path); await Promise.race([once(child, 'message'), once(child, 'exit')]); } }",
    "import { once } from 'node:events'; export async function all(stream) { const end = once(stream, 'end'); while (stream.open) { await Promise.race([once(stream, 'readable'), end]); } }",
  ],
  invalid: [
    { code: "import { once } from 'node:events'; export async function all(stream) { while (stream.open) { await Promise.race([once(stream, 'readable'), once(stream, 'end')]); } }", errors: [{ messageId: 'wait', column: 141, data: { event: 'end', other: 'readable', target: 'stream' } }] },
    { code: "const until = (emitter) => new Promise((resolve) => emitter.once('close', resolve)); const next = (emitter) => new Promise((resolve) => emitter.once('row', resolve)); export async function all(rows) { for (;;) { const row = await Promise.race([next(rows), until(rows)]); if (!row) return; } }", errors: [{ messageId: 'wait', data: { event: 'close', other: 'row', target: 'rows' } }] },
    { code: "class Rows { constructor(s) { this.s = s; } end() { return new Promise((resolve) => { this.s.once('end', resolve); }); } next() { return new Promise((resolve) => { this.s.once('readable', resolve); }); } async all() { while (true) { await Promise.race([this.next(), this.end()]); } } }", errors: [{ messageId: 'wait', data: { event: 'end', other: 'readable', target: 'this.s' } }] },
  ],
});
