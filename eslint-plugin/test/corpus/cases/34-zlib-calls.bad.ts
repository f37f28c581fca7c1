// @ts-nocheck
import { createServer } from 'node:http';
import zlib, { gunzipSync, brotliCompressSync as compress } from 'node:zlib';
import { fastify } from 'fastify';
import Koa from 'koa';
import Router from '@koa/router';
import { createServer as createTcp } from 'node:net';
import { Worker } from 'bullmq';
import { Kafka } from 'kafkajs';
import polka from 'polka';

createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => { if (chunks.length < 100) chunks.push(chunk); });
  req.on('end', () => {
    const body = gunzipSync(Buffer.concat(chunks)); // BAD
    res.end(body.length.toString());
  });
}).listen(8080);

const app = fastify();
app.addHook('onSend', async (request, reply, payload) => {
  reply.header('content-encoding', 'br');
  return compress(payload); // BAD
});
app.addContentTypeParser('application/gzip', { parseAs: 'buffer' }, (request, body, done) => {
  done(null, zlib.unzipSync(body)); // BAD
});

const router = new Router();
router.get('/export', async (ctx) => { ctx.body = packed(await rows()); });
function packed(data) {
  return zlib.gzipSync(JSON.stringify(data)); // BAD
}
new Koa().use(router.routes());

createTcp((socket) => {
  socket.on('data', (frame) => { socket.write(zlib.deflateRawSync(frame)); }); // BAD
});

new Worker('archives', async (job) => {
  return zlib.brotliDecompressSync(Buffer.from(job.data, 'base64')).toString(); // BAD
});

const consumer = new Kafka({ brokers: ['b'] }).consumer({ groupId: 'g' });
await consumer.run({
  eachMessage: async ({ message }) => { handle(zlib.inflateSync(message.value)); }, // BAD
});

polka().post('/deflate', (req, res) => { res.end(zlib.deflateSync(req.body)); }); // BAD

const codec = { unpack: (value) => zlib.gunzipSync(value) }; // BAD
app.post('/unpack', async (request) => codec.unpack(request.body));

const { inflateRawSync } = zlib;
app.put('/raw', async (request) => inflateRawSync(request.body).toString()); // BAD

app.get('/alias', async () => { const squeeze = zlib.gzipSync; return squeeze('text'); }); // BAD

app.setNotFoundHandler((request, reply) => { reply.send(zlib.gzipSync('none')); }); // BAD

export const handler = async (event) => {
  return { body: zlib.gzipSync(event.body).toString('base64'), isBase64Encoded: true }; // BAD
};
