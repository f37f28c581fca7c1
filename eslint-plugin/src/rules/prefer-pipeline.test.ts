import * as parser from '@typescript-eslint/parser';
import { Linter, RuleTester } from 'eslint';
import { expect, test } from 'vitest';

import rule from './prefer-pipeline.js';

const tester = new RuleTester({ languageOptions: { parser } });
const head = "import fs from 'node:fs'; import zlib from 'node:zlib'; import http from 'node:http'; import https from 'node:https'; import net from 'node:net'; import { spawn } from 'node:child_process'; import { PassThrough, pipeline, finished } from 'node:stream'; import axios from 'axios'; import Busboy from 'busboy'; import express from 'express'; const app = express();\n";

tester.run('prefer-pipeline', rule, {
  valid: [
    "function reply(response, body) { return body.getStream().on('error', f).pipe(response); }",
    "renderToPipeableStream(page).pipe(res)",
    "const all = (out) => body.getStream().pipe(out)",
    "import fs from 'node:fs'; app.get('/', (req, res) => { const s = fs.createReadStream('x'); s.on('error', f); res.on('close', () => s.destroy()); s.pipe(res); })",
    "import fs from 'node:fs'; app.get('/', (req, res) => { const s = fs.createReadStream('x').on('error', f); onFinished(res, () => { destroy(s); }); s.pipe(res); })",
    "import fs from 'node:fs'; app.get('/', (req, res) => { const s = fs.createReadStream('x'); s.on('error', f); res.once('close', s.destroy.bind(s)); s.pipe(res); })",
    "function copy(to, s = fs.createReadStream('x').on('error', f)) { s.pipe(to); }",
    "pipeline(fs.createReadStream('x'), zlib.createGzip(), res, done)",
    "fs.createReadStream('x').on('error', f).pipe(res)",
    "fs.createReadStream('x').once('open', g).on('error', f).pipe(res)",
    "const s = fs.createReadStream('x'); s.pipe(res); s.setEncoding('utf8').on('error', f);",
    "const s = fs.createReadStream('x'); const z = zlib.createGzip(); for (const each of [s, z]) each.on('error', f); s.pipe(z).pipe(res)",
    "const out = fs.createReadStream('x').on('error', f).pipe(zlib.createGzip()); out.on('error', f); out.pipe(res)",
    "const s = fs.createReadStream('x'); finished(s, done); s.pipe(res)",
    "const s = fs.createReadStream('x'); watch(s); s.pipe(res)",
    "function open(p) { const s = fs.createReadStream(p); s.on('error', f); return s; } app.get('/', (req, res) => { open('x').pipe(res); })",
    "const f = (p) => fs.createReadStream(p).on('error', g).pipe(zlib.createGzip())",
    "class A { constructor(p) { this.file = fs.createReadStream(p); this.file.on('error', (e) => this.fail(e)); } to(res) { this.file.pipe(res); } }",
    "class A { #file = fs.createWriteStream('x'); constructor() { this.#file.on('error', f); } to(from) { from.pipe(this.#file); } }",
    "app.get('/', (req, res) => { const up = http.request(u, (answer) => { answer.on('error', f); answer.pipe(res); }); up.on('error', f); req.on('error', f); req.pipe(up); })",
    "app.get('/', (req, res) => { const up = http.request(u); up.on('error', f); res.on('close', () => up.destroy()); req.pipe(up); })",
    "app.post('/', (req, res) => { req.pipe(res) })",
    "spawn('ls').stdout.pipe(process.stdout)",
    "import { of, map } from 'rxjs'; of(1).pipe(map((x) => x))",
    "import gulp from 'gulp'; gulp.src('x').pipe(zlib.createGzip()).pipe(gulp.dest('y'))",
    "import { z } from 'zod'; z.string().pipe(z.number())",
    'from.pipe(to); this.pipe(to); a.pipe({ x: 1 }); a.pipe((x) => x); a.pipe()',
    'class T { pipe(to) { return super.pipe(to); } }',
    "export function save(from, to) { const pass = new PassThrough(); from.pipe(pass).pipe(to); }",
    "net.createServer((socket) => { socket.on('error', f); socket.pipe(socket); })",
    "const out = []; let s = fs.createReadStream('x'); s = s.on('end', f); s = s.on('error', f); s.pipe(res)",
    'schema.pipe(other, third, fourth)',
    { code: "fs.createReadStream('x').pipe(res)", options: [{ requireHandler: true }] },
  ].map((each) => (typeof each === 'string' ? head + each : { ...each, code: head + each.code })),
  invalid: [
    { code: "function reply(response, body) { return body.getStream().pipe(response); }", errors: [{ messageId: 'unhandled' }] },
    { code: "import fs from 'node:fs'; app.get('/', async (req, res) => { let s = null; s = fs.createReadStream('x'); s.pipe(res); s.on('error', f); })", errors: [{ messageId: 'abandoned', suggestions: 1, data: { stream: "'s'" } }] },
    { code: "import fs from 'node:fs'; app.get('/', (req, reply) => { fs.createReadStream('x').on('error', f).pipe(reply.raw); })", errors: [{ messageId: 'abandoned', suggestions: 1 }] },
    {
      code: "import fs from 'node:fs';\nfunction f(res) {\n  fs.createReadStream('x').pipe(res);\n}",
      errors: [{ messageId: 'unhandled', line: 3, column: 3, suggestions: [{ messageId: 'pipeline', output: "import { pipeline } from 'node:stream';\nimport fs from 'node:fs';\nfunction f(res) {\n  pipeline(fs.createReadStream('x'), res, (error) => { if (error) console.error(error); });\n}" }] }],
    },
    {
      code: "import fs from 'node:fs';\nimport { pipeline as join } from 'node:stream/promises';\nasync function f(res, gzip) {\n  fs.createReadStream('x').pipe(gzip).pipe(res);\n}",
      errors: [{ messageId: 'unhandled', suggestions: [{ messageId: 'pipeline', output: "import fs from 'node:fs';\nimport { pipeline as join } from 'node:stream/promises';\nasync function f(res, gzip) {\n  await join(fs.createReadStream('x'), gzip, res);\n}" }] }],
    },
    {
      code: "'use strict';\nconst http = require('http');\nhttp.get(u, (up) => up.pipe(res));",
      languageOptions: { sourceType: 'commonjs' },
      errors: [{ messageId: 'unhandled', suggestions: [{ messageId: 'pipeline', output: "'use strict';\nconst { pipeline } = require('node:stream');\nconst http = require('http');\nhttp.get(u, (up) => pipeline(up, res, (error) => { if (error) console.error(error); }));" }] }],
    },
    // Options, listeners in between, and names that are taken have no place in it.
    ...["fs.createReadStream('x').pipe(res, { end: false })", "fs.createReadStream('x').pipe(gzip).on('end', f).pipe(res)", "const pipeline = 1; fs.createReadStream('x').pipe(res)"].map((code) => ({ code: `import fs from 'fs'; ${code}`, errors: [{ messageId: 'unhandled' }] })),
  ],
});

const ENDS_PROCESS = 'its error ends the process';
const WAITS = 'wait for ever';

function messageOf(code: string): string | undefined {
  return new Linter().verify(head + code, { languageOptions: { parser }, plugins: { hcnode: { rules: { 'prefer-pipeline': rule } } }, rules: { 'hcnode/prefer-pipeline': 'error' } })[0]?.message;
}

test.each([
  ["app.get('/a', (q, r) => { fs.createReadStream('x').pipe(r); })", 'fs.createReadStream()'],
  ["app.get('/a', (q, r) => fs.createReadStream('x').pipe(r))", 'fs.createReadStream()'],
  ["const s = fs.createReadStream(p); s.pipe(zlib.createGzip()).pipe(r);", "'s'"],
  ["const s = fs.createReadStream('x'); s.on('error', f); s.pipe(zlib.createGzip()).pipe(r);", 'zlib.createGzip()'],
  ["const s = fs.createReadStream('x'); s.pipe(r).on('error', f);", "'s'"],
  ["fs.createReadStream('x').on('end', f).pipe(r)", 'fs.createReadStream()'],
  ["http.get(u, (up) => up.pipe(r))", "'up'"],
  ["const client = secure ? https : http; client.get(u, (up) => { up.pipe(r); })", "'up'"],
  ["const lib = secure ? https : http; const q = lib.request(u); q.on('response', onAnswer); function onAnswer(up) { up.pipe(res); }", "'up'"],
  ["app.post('/d', (q, r) => { q.pipe(fs.createWriteStream('/tmp/x')); })", 'fs.createWriteStream()'],
  ["app.post('/d', (q, r) => { const w = fs.createWriteStream('/tmp/x'); w.on('error', f); q.pipe(w); })", "'q'"],
  ["let out = res; if (small) out = zlib.createGzip(); from.pipe(out);", "'out'"],
  ["from.pipe(gzip ? zlib.createGzip() : new PassThrough()).pipe(res)", 'one of its streams'],
  ["function open(p) { return fs.createReadStream(p); } app.get('/', (req, res) => { open('x').pipe(res); })", 'open()'],
  ["app.get('/', async (ctx) => { ctx.body = fs.createReadStream('x').pipe(zlib.createGzip()); })", 'fs.createReadStream()'],
  ["app.get('/', (req, reply) => reply.send(fs.createReadStream('x').pipe(zlib.createGzip())))", 'fs.createReadStream()'],
  ["const { data } = await axios.get(u, { responseType: 'stream' }); data.pipe(res)", "'data'"],
  ["axios({ url, responseType: 'stream' }).then((answer) => { answer.data.pipe(res); })", "'answer.data'"],
  ["app.get('/', (req, res) => { const p = spawn('ls'); p.stdout.pipe(res); })", "'p.stdout'"],
  ["app.get('/', async (req, res) => { const f = await bucket.file('x'); f.createReadStream().pipe(res); })", 'f.createReadStream()'],
  ["const bb = Busboy({ headers }); bb.on('error', f); bb.on('file', (name, file) => { file.pipe(fs.createWriteStream(name)); })", 'fs.createWriteStream()'],
  ["net.createServer((socket) => { socket.pipe(socket); })", "'socket'"],
  ["class A { file = fs.createReadStream('x'); send(res) { this.file.pipe(res); } }", "'this.file'"],
  ["import sharp from 'sharp'; from.pipe(sharp().resize(10)).pipe(res)", 'sharp().resize()'],
  ["import type { Readable } from 'node:stream'; const f = (out, res) => { (out.Body as Readable).pipe(res); }", "'out.Body'"],
  ["const body: NodeJS.ReadableStream = await load(); body.pipe(res)", "'body'"],
  ["import { Readable } from 'node:stream'; app.get('/', (req, res) => { send(x, res); }); function send(body: Readable, res) { body.pipe(res); }", "'body'"],
])('reports %s because of %s', (code, stream) => {
  const consequence = ["'up'", "'q'", "'p.stdout'"].includes(stream) ? WAITS : ENDS_PROCESS;
  expect(messageOf(code)).toContain(`if ${stream} fails, `);
  expect(messageOf(code)).toContain(consequence);
});
