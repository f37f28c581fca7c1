import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-sync-zlib-in-handler.js';

const APP = "import express from 'express'; import Koa from 'koa'; import zlib, { gunzipSync } from 'node:zlib'; const app = express(); const koa = new Koa(); ";

new RuleTester({ languageOptions: { parser } }).run('no-sync-zlib-in-handler', rule, {
  valid: [
    `${APP}const packed = zlib.gzipSync('a constant'); app.get('/', (req, res) => res.end(packed));`,
    `${APP}app.get('/', (req, res) => { zlib.gzip('text', (error, packed) => res.end(packed)); });`,
    `${APP}const known = new Map(); app.get('/', (req, res) => { let packed = known.get('a'); if (!packed) { packed = zlib.gzipSync('a'); known.set('a', packed); } res.end(packed); });`,
    `${APP}import { crc32 } from 'node:zlib'; app.get('/', (req, res) => res.json(crc32('text')));`,
    "import { gzipSync } from './zip.js'; import express from 'express'; express().get('/', (req, res) => res.end(gzipSync('text')));",
    "import { gunzipSync } from 'node:zlib'; import workerpool from 'workerpool'; workerpool.worker({ unpack: (data) => gunzipSync(data) });",
  ],
  invalid: [
    { code: `${APP}koa.use((ctx) => { ctx.body = zlib.gzipSync(JSON.stringify(rows)); });`, errors: [{ message: /gzipSync.*koa\.use/ }] },
    { code: `${APP}app.post('/', (req, res) => { res.json(JSON.parse(gunzipSync(req.body))); });`, errors: [{ message: /gunzipSync/ }] },
    { code: "import zlib from 'node:zlib'; import { NestInterceptor } from '@nestjs/common'; class Brotli implements NestInterceptor { intercept(context, next) { return next.handle().pipe(map((data) => this.compress(data))); } compress(data) { return zlib.brotliCompressSync(data); } }", errors: [{ message: /NestInterceptor\.intercept.* via compress/ }] },
    // What is looked up in a table that is written out is no cache.
    { code: `${APP}const decoders = { br: zlib.brotliDecompress }; app.post('/', (req, res) => { const decode = decoders[req.headers.encoding]; res.end(decode ? decode(req.body) : gunzipSync(req.body)); });`, errors: [{ messageId: 'blocks' }] },
    { code: "export async function POST(request) { const { inflateSync } = await import('node:zlib'); const read = (data) => inflateSync(data); return new Response(read(await request.text())); }", errors: [{ message: /export POST/ }] },
  ],
});
