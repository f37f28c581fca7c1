import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-unbounded-buffer.js';

const http = "import http from 'node:http';";
/** Messages and suggestions have cases of their own, with full outputs. */
const reported = (code: string): { readonly code: string; readonly errors: number } => ({ code, errors: 1 });

new RuleTester({ languageOptions: { parser } }).run('no-unbounded-buffer', rule, {
  valid: [
    // Counted, whatever stops it.
    `${http} http.createServer((req, res) => { let n = 0; const all = []; req.on('data', (c) => { n += c.length; if (n > 1e6) { req.destroy(); return; } all.push(c); }); });`,
    `${http} http.createServer((req, res) => { let text = ''; req.on('data', (c) => { text += c; if (text.length > LIMIT) res.writeHead(413).end(); }); });`,
    `${http} http.createServer(async (req, res) => { let n = 0; const all = []; for await (const c of req) { n += c.length; if (n > MAX) throw new Error('large'); all.push(c); } });`,
    `function add(all, c) { if (all.length >= 100) throw new Error('large'); all.push(c); } ${http} http.createServer((req) => { const all = []; let t = ''; req.on('data', (c) => { t += c; add(all, c); }); });`,
    `import { assertSize } from './limits.js'; function read(req) { let t = ''; req.on('data', (c) => { t += c; assertSize(t); }); }`,
    `${http} http.createServer((req, res) => { if (Number(req.headers['content-length']) > 1e6) return res.writeHead(413).end(); let t = ''; req.on('data', (c) => { t += c; }); });`,
    `function read(req) { let t = ''; req.on('data', (c) => { t += c; }); } ${http} http.createServer((req, res) => { const length = +(req.headers['content-length'] ?? 0); if (length > 1e6) return res.end(); read(req); });`,
    `function hold(req) { const all = []; req.pause(); req.on('data', (c) => { all.push(c); }); }`,
    // Not kept.
    `${http} http.createServer((req) => { let n = 0; req.on('data', (c) => { n += c.length; hash.update(c); parser.push(c); console.log(c); }); });`,
    `${http} http.createServer((req) => { req.on('data', (c) => { const parts = []; parts.push(c); use(parts); }); });`,
    `${http} http.createServer((req) => { const all = []; req.on('end', (c) => all.push(c)); req.on('error', (e) => all.push(e)); });`,
    // What others answer is none of a client's.
    `${http} http.get(url, (res) => { let t = ''; res.on('data', (c) => { t += c; }); });`,
    `import fs from 'node:fs'; const all = []; fs.createReadStream(f).on('data', (c) => all.push(c));`,
    `const child = spawn('ls'); let out = ''; child.stdout.on('data', (c) => { out += c; });`,
    `const request = https.request(url, (res) => { const all = []; res.on('data', (c) => all.push(c)); }); request.on('data', (c) => log(c));`,
    `async function read(stream) { const all = []; for await (const c of stream) all.push(c); return all; } read(process.stdin);`,
    // Messages are taken out of what a connection sent.
    `import net from 'node:net'; net.createServer((socket) => { let rest = ''; socket.on('data', (c) => { rest += c; const lines = rest.split('\\n'); rest = lines.pop(); }); });`,
    // Limits.
    `import express from 'express'; express.json(); express.json({ limit: '50mb' }); express.raw({ limit: 1024 * 1024 }); express.text({ limit: config.limit }); express.json({ limit: process.env.LIMIT });`,
    `import express from 'express'; express.json({ limit: process.env.LIMIT ?? '2mb' }); express.json({ limit: large ? '500mb' : '1mb' });`,
    `import Fastify from 'fastify'; const app = Fastify({ bodyLimit: 1048576, logger: true }); app.post('/', { bodyLimit: 5e6 }, handle); cache.register({ bodyLimit: 1e12 });`,
    `import multer from 'multer'; multer({ limits: { fileSize: 1e6 } }); multer().none(); multer({ storage: s3({ bucket }) }); multer(options); multer({ ...options });`,
    `import busboy from 'busboy'; busboy({ headers, limits: { fileSize: 1e6 } }); busboy(options);`,
    `import getRawBody from 'raw-body'; app.post('/', async (req, res) => { await getRawBody(req, { limit: '1mb' }); });`,
    `import { text } from 'node:stream/consumers'; text(process.stdin);`,
    `import { WebSocketServer } from 'ws'; new WebSocketServer({ port, maxPayload: 65536 }); new WebSocketServer({ port });`,
    { code: `import express from 'express'; express.json({ limit: '60mb' });`, options: [{ max: '100mb' }] },
    { code: `import express from 'express'; express.json({ limit: '60mb' });`, options: [{ frameworks: ['fastify'] }] },
    `import { Hono } from 'hono'; new Hono().post('/', async (c) => c.text(await c.req.text()));`,
    { code: `import { Hono } from 'hono'; import { bodyLimit } from 'hono/body-limit'; const app = new Hono(); app.use(bodyLimit({ maxSize: 1e6 })); app.post('/', async (c) => c.text(await c.req.text()));`, options: [{ requireBodyLimit: true }] },
  ],
  invalid: [
    {
      code: `import http from 'node:http';
http.createServer((req, res) => {
  let text = '';
  req.on('data', (chunk) => { text += chunk; });
  req.on('end', () => res.end(text));
});`,
      errors: [{
        messageId: 'body', line: 4, column: 3, endColumn: 48,
        suggestions: [{
          messageId: 'count',
          output: `import http from 'node:http';
http.createServer((req, res) => {
  let text = '';
  let sizeBytes = 0;
  req.on('data', (chunk) => { sizeBytes += chunk.length; if (sizeBytes > 1_000_000) { req.destroy(); return; } text += chunk; });
  req.on('end', () => res.end(text));
});`,
        }],
      }],
    },
    {
      code: `async function readBody(req) {
  const all = [];
  for await (const chunk of req) all.push(chunk);
  return Buffer.concat(all);
}`,
      errors: [{
        messageId: 'body',
        suggestions: [{
          messageId: 'count',
          output: `async function readBody(req) {
  const all = [];
  let sizeBytes = 0;
  for await (const chunk of req) { sizeBytes += chunk.length; if (sizeBytes > 1_000_000) { throw new Error('The body is too large'); } all.push(chunk); }
  return Buffer.concat(all);
}`,
        }],
      }],
    },
    // Ways to keep.
    ...[
      `req.on('data', (c) => all.push(c));`,
      `req.on('error', log).on('data', function (c) { all.push(Buffer.from(c)); });`,
      `req.setEncoding('utf8').addListener('data', (c) => { text = text + c.toString('utf8'); });`,
      `req.on('data', (c) => { bytes = Buffer.concat([bytes, c]); });`,
      `req.on('data', (c) => { all = [...all, c]; });`,
      `req.on('data', (c) => { all[all.length] = c; });`,
      `req.on('data', (c) => { const part = decoder.write(c); text += part; });`,
      `req.on('data', (c) => { req.rawBody += c; });`,
      `req.on('data', add); function add(c) { all.push(c); }`,
      `req.on('readable', () => { let c; while ((c = req.read()) !== null) all.push(c); });`,
      `const source = req; source.on('data', (c) => { all.push(c); });`,
      `req.pipe(new PassThrough()).on('data', (c) => { all.push(c); });`,
      `const through = new PassThrough(); req.pipe(through); through.on('data', (c) => { all.push(c); });`,
      `const through = new PassThrough(); pipeline(req, through, done); through.on('data', (c) => { all.push(c); });`,
      `pipeline(req, async (source) => { for await (const c of source) all.push(c); }, done);`,
      `req.pipe(new Writable({ write(c, encoding, done) { all.push(c); done(); } }));`,
      `for await (const c of req) text += c;`,
      `for await (const [c] of on(req, 'data')) all.push(c);`,
      `let n = 0; req.on('data', (c) => { n += c.length; all.push(c); console.log(n); });`,
    ].map((line) => reported(`import http from 'node:http'; import { pipeline, PassThrough, Writable } from 'node:stream'; import { on } from 'node:events'; http.createServer(async (req, res) => { let all = [], text = '', bytes; ${line} });`)),
    // Whose body.
    ...[
      `const read = (incoming) => new Promise((done) => { const all = []; incoming.on('data', (c) => all.push(c)); incoming.on('end', () => done(all)); }); app.post('/', async (req, res) => { await read(req); });`,
      `import Koa from 'koa'; new Koa().use(async (ctx) => { const all = []; for await (const c of ctx.req) all.push(c); });`,
      `import Koa from 'koa'; new Koa().use(async ({ req }) => { let t = ''; req.on('data', (c) => { t += c; }); });`,
      `import fastify from 'fastify'; const app = fastify(); app.addContentTypeParser('*', (request, payload, done) => { let t = ''; payload.on('data', (c) => { t += c; }); });`,
      `import fastify from 'fastify'; const app = fastify(); app.addContentTypeParser('a/b', async function (request, payload) { const all = []; for await (const c of payload) all.push(c); });`,
      `import fastify from 'fastify'; fastify().post('/', async (request) => { const all = []; for await (const c of request.raw) all.push(c); });`,
      `export default fastify.addHook('preParsing', (request, reply, payload, done) => { const all = []; payload.on('data', (c) => all.push(c)); done(null, payload); });`,
      `import http2 from 'node:http2'; http2.createSecureServer().on('stream', (stream, headers) => { const all = []; stream.on('data', (c) => all.push(c)); });`,
      `export async function POST(request) { const reader = request.body.getReader(); const all = []; while (true) { const { done, value } = await reader.read(); if (done) break; all.push(value); } }`,
      `export async function POST(request) { const all = []; for await (const c of request.body) all.push(c); }`,
      `class Server { handle(req, res) { this.text = ''; req.on('data', (c) => { this.text += c; }); } }`,
      `const getRawBody = require('raw-body'); app.post('/', async (req, res) => { await getRawBody(req); });`,
      `import { buffer } from 'node:stream/consumers'; app.post('/', async (req, res) => { await buffer(req); });`,
      `import http from 'node:http'; import { text } from 'node:stream/consumers'; http.createServer((q, s) => { text(q).then((t) => s.end(t)); });`,
      `import concat from 'concat-stream'; app.post('/', (req, res) => { req.pipe(concat((data) => res.end(data))); });`,
      `app.post('/', async (req, res) => { const all = await req.toArray(); });`,
    ].map((code) => reported(code)),
    { code: `import net from 'node:net'; net.createServer((socket) => { let all = ''; socket.on('data', (c) => { all += c; }); socket.on('end', () => save(all)); });`, errors: [{ messageId: 'socket' }] },
    reported(`import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port }); wss.on('connection', (ws) => { const all = []; ws.on('message', (m) => { all.push(m); }); });`),
    // Limits.
    { code: `import express from 'express'; app.use(express.json({ limit: '500mb' }));`, errors: [{ messageId: 'limit', data: { size: '500 MiB', what: 'memory' } }] },
    { code: `const multer = require('multer'); const upload = multer({ dest: 'uploads/' });`, errors: [{ messageId: 'limit', data: { size: 'any size', what: 'disk' } }] },
    ...[
      `import { raw } from 'express'; raw({ limit: Infinity });`,
      `const bodyParser = require('body-parser'); bodyParser.json({ limit: 'unlimited' });`,
      `const bodyParser = require('body-parser'); const LIMIT = '1gb'; const options = { limit: LIMIT }; bodyParser.urlencoded({ extended: true, ...options });`,
      `import express from 'express'; const limits = { body: 1024 * 1024 * 500 }; express.text({ limit: limits.body });`,
      `import express from 'express'; express.json({ limit: process.env.LIMIT || '200mb' });`,
      `import express from 'express'; express.json({ limit: \`100mb\` });`,
      `import Fastify from 'fastify'; Fastify({ bodyLimit: Number.MAX_SAFE_INTEGER });`,
      `import Fastify from 'fastify'; Fastify({ bodyLimit: Number(process.env.LIMIT ?? 1e9) });`,
      `export default async function plugin(fastify) { fastify.post('/', { bodyLimit: 2 ** 30 }, handle); }`,
      `export default async function plugin(fastify) { fastify.route({ method: 'POST', url: '/', bodyLimit: 1 << 30, handler }); }`,
      `import multer from 'multer'; multer();`,
      `import multer from 'multer'; multer({ storage: multer.memoryStorage() }).single('a');`,
      `import multer from 'multer'; multer({ limits: { files: 1 } });`,
      `import multer from 'multer'; const storage = multer.memoryStorage(); multer({ storage, limits: { fileSize: 1e10 } });`,
      `import formidable from 'formidable'; formidable({ maxFileSize: Infinity });`,
      `import Busboy from 'busboy'; app.post('/', (req, res) => { req.pipe(Busboy({ headers: req.headers })); });`,
      `import { bodyParser } from '@koa/bodyparser'; bodyParser({ jsonLimit: '1gb' });`,
      `import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 1, maxPayload: 0 });`,
      `import { Server } from 'socket.io'; new Server(server, { maxHttpBufferSize: 1e9 });`,
      `import { NestFactory } from '@nestjs/core'; const app = await NestFactory.create(Module); app.useBodyParser('json', { limit: '500mb' });`,
    ].map((code) => reported(code)),
    { code: `import express from 'express'; express.json({ limit: '2mb' });`, options: [{ max: 1_000_000 }], errors: [{ messageId: 'limit', data: { size: '2 MiB', what: 'memory' } }] },
    { code: `import { Hono } from 'hono'; new Hono().post('/', async (c) => c.text(await c.req.text()));`, options: [{ requireBodyLimit: true }], errors: [{ messageId: 'web' }] },
  ],
});
