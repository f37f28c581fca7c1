// @ts-nocheck
import express from 'express';
import { Worker } from 'node:worker_threads';
import threads from 'worker_threads';
import cluster from 'node:cluster';
import { fork, spawn, exec } from 'node:child_process';
import { execa } from 'execa';
import Fastify from 'fastify';
import { WebSocketServer } from 'ws';
import net from 'node:net';
import Queue from 'bull';

const app = express();
app.post('/render', (req, res) => {
  const worker = new Worker(new URL('./render.js', import.meta.url), { workerData: req.body }); // BAD
  worker.once('message', (image) => res.end(image));
  worker.once('error', () => res.sendStatus(500));
});
app.get('/pdf', async (req, res) => res.end(await inThread('./pdf.js', req.query)));
const inThread = (file, workerData) => new Promise((resolve, reject) => {
  const thread = new threads.Worker(file, { workerData }); // BAD
  thread.on('message', resolve).on('error', reject);
});
app.get('/fork', (req, res) => { const child = fork('./job.js'); child.on('message', (m) => res.json(m)); }); // BAD
app.get('/convert', (req, res) => { spawn('ffmpeg', ['-i', req.query.file, '-']).stdout.on('data', (d) => res.write(d)); }); // BAD
app.get('/exec', (req, res) => { exec('df -h', (error, stdout) => res.end(stdout)); }); // BAD
app.get('/scale', (req, res) => { cluster.fork(); res.end(); }); // BAD
const fastify = Fastify();
fastify.post('/transcode', async (request) => { await execa('ffmpeg', [request.body.file]); return {}; }); // BAD
fastify.decorateRequest('compute', null);
fastify.addHook('preHandler', async (request) => { request.thread = new Worker('./compute.js'); }); // BAD
new WebSocketServer({ port: 1 }).on('connection', (socket) => { const shell = spawn('bash'); shell.stdout.on('data', (d) => socket.send(d)); }); // BAD
net.createServer((socket) => { const child = fork('./session.js'); child.send('socket', socket); }).listen(1); // BAD
new Queue('video').process(async (job) => { const { Worker: Thread } = threads; return new Thread('./video.js', { workerData: job.data }); }); // BAD
class Renderer { render(data) { return new Worker('./r.js', { workerData: data }); } } // BAD
const renderer = new Renderer();
app.put('/render', (req, res) => { renderer.render(req.body).once('message', (m) => res.json(m)); });
