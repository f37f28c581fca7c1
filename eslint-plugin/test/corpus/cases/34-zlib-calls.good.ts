// @ts-nocheck
import express from 'express';
import zlib from 'node:zlib';
import { promisify } from 'node:util';
import { pipeline } from 'node:stream/promises';
import pako from './pako.js';

const app = express();
const gzip = promisify(zlib.gzip);
const favicon = zlib.gzipSync('icon'); // OK
app.get('/favicon.ico', (req, res) => res.send(favicon)); // OK
app.get('/a', async (req, res) => res.send(await gzip(JSON.stringify(await rows())))); // OK
app.get('/b', async (req, res) => { await pipeline(source(), zlib.createGzip(), res); }); // OK
app.get('/c', (req, res) => zlib.deflate('x', (error, data) => res.send(data))); // OK
app.get('/d', (req, res) => res.send(pako.gzipSync(req.body))); // OK
export const precompressed = (text) => zlib.brotliCompressSync(text); // OK
export function readDump(dump) { return zlib.gunzipSync(dump).toString(); } // OK
const assets = new Map(['a', 'b'].map((name) => [name, zlib.brotliCompressSync(name)])); // OK
app.get('/assets/:name', (req, res) => res.send(assets.get(req.params.name))); // OK
let page;
app.get('/page', (req, res) => res.send((page ||= zlib.gzipSync('page')))); // OK
app.listen(80, () => { console.log(zlib.gzipSync('listening').length); }); // OK
const local = { gzipSync: (value) => value };
app.get('/local', (req, res) => res.send(local.gzipSync('x'))); // OK
app.set('etag', (body) => body.length); // OK
