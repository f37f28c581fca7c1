// @ts-nocheck
import fs, { createReadStream } from 'node:fs';
import http from 'node:http';
import https from 'https';
import zlib from 'node:zlib';
import net from 'node:net';
import crypto from 'node:crypto';
import { spawn } from 'node:child_process';
import express from 'express';
import Koa from 'koa';
import { PassThrough, Transform } from 'node:stream';

const app = express();
app.get('/video', (req, res) => { fs.createReadStream('video.mp4').pipe(res); }); // BAD
app.post('/upload', (req, res) => { req.pipe(fs.createWriteStream('/tmp/upload')).on('finish', () => res.end()); }); // BAD
app.get('/gz', (req, res) => { const file = createReadStream('x'); const packed = zlib.createGzip(); file.pipe(packed).pipe(res); }); // BAD
app.get('/proxy', (req, res) => { https.get('https://example.org', (upstream) => { res.writeHead(upstream.statusCode); upstream.pipe(res); }); }); // BAD
export function forward(req, res, target) {
  const out = http.request(target, (answer) => { answer.pipe(res); }); // BAD
  out.on('error', () => res.destroy());
  req.pipe(out); // BAD
}
net.createServer((socket) => { const up = net.connect(5432); socket.pipe(up); up.pipe(socket); }).listen(1); // BAD
app.get('/ls', (req, res) => { const child = spawn('ls', ['-l']); child.stdout.pipe(res); }); // BAD
export async function encrypt(from, to, key, iv) { createReadStream(from).pipe(crypto.createCipheriv('aes-256-gcm', key, iv)).pipe(fs.createWriteStream(to)); } // BAD
export function copy(from, to, done) { const out = fs.createWriteStream(to); out.on('close', done); fs.createReadStream(from).pipe(out); } // BAD
app.get('/half', (req, res) => { const file = createReadStream('x'); file.on('error', () => res.sendStatus(404)); file.pipe(zlib.createBrotliCompress()).pipe(res); }); // BAD
export function upper(from, to) { fs.createReadStream(from).pipe(new Transform({ transform(chunk, encoding, done) { done(null, chunk); } })).pipe(fs.createWriteStream(to)); } // BAD
new Koa().use(async (ctx) => { ctx.body = fs.createReadStream('a').pipe(zlib.createGzip()); }); // BAD
export function backup(name) { const through = new PassThrough(); fs.createReadStream(name).pipe(through); return through; } // BAD
