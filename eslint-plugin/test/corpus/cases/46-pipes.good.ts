// @ts-nocheck
import fs from 'node:fs';
import zlib from 'node:zlib';
import { pipeline } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { of, map } from 'rxjs';
import { pipe } from 'effect';
import express from 'express';
import Fastify from 'fastify';
import gulp from 'gulp';

const app = express();
app.get('/a', async (req, res) => { await piped(fs.createReadStream('a'), zlib.createGzip(), res); }); // OK
app.get('/b', (req, res) => { pipeline(fs.createReadStream('b'), res, (error) => { if (error) log(error); }); }); // OK
app.get('/c', (req, res) => {
  const file = fs.createReadStream('c');
  file.on('error', (error) => { res.destroy(error); });
  res.on('close', () => { file.destroy(); });
  file.pipe(res); // OK
});
export const numbers = of(1, 2).pipe(map((x) => x + 1)); // OK
export const effect = pipe(1, (x) => x + 1); // OK
export const schema = z.string().pipe(z.coerce.number()); // OK
const fastify = Fastify();
fastify.get('/d', (request, reply) => reply.send(fs.createReadStream('d'))); // OK
export const styles = () => gulp.src('a').pipe(minify()).pipe(gulp.dest('b')); // OK
export function chain(a, b) { return a.pipe(b); } // OK
export async function* lines(file) { for await (const chunk of fs.createReadStream(file)) yield chunk; } // OK
export const custom = (x) => x.pipe((value) => value * 2); // OK
export function write(file, text) { const out = fs.createWriteStream(file); out.on('error', log); out.end(text); } // OK
export class Angular { data$ = this.http.get('/x').pipe(map((x) => x)); } // OK
