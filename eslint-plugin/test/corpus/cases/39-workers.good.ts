// @ts-nocheck
import express from 'express';
import { Worker } from 'node:worker_threads';
import cluster from 'node:cluster';
import { fork } from 'node:child_process';
import { Piscina } from 'piscina';
import { Worker as QueueWorker } from 'bullmq';
import workerpool from 'workerpool';

const app = express();
const pool = Array.from({ length: 4 }, () => new Worker('./w.js')); // OK
app.get('/a', (req, res) => { pool[0].postMessage(req.query); res.end(); }); // OK
const piscina = new Piscina({ filename: './w.js' }); // OK
app.post('/b', async (req, res) => res.json(await piscina.run(req.body))); // OK
const workers = workerpool.pool('./w.js'); // OK
app.post('/c', async (req, res) => res.json(await workers.exec('f', [req.body]))); // OK
class Pool { constructor(size) { this.idle = []; for (let i = 0; i < size; i++) this.idle.push(new Worker('./w.js')); } } // OK
const own = new Pool(2);
app.post('/d', (req, res) => { own.idle[0].postMessage(1); res.end(); }); // OK
new QueueWorker('mail', async (job) => send(job.data)); // OK
const child = fork('./sidecar.js'); // OK
app.get('/e', (req, res) => { child.send(req.query); res.end(); }); // OK
if (cluster.isPrimary) for (let i = 0; i < 4; i++) cluster.fork(); // OK
app.listen(80, () => { fork('./metrics.js'); }); // OK
app.get('/f', (req, res) => { res.json(/x/.exec(req.url)); }); // OK
let shared;
app.get('/g', (req, res) => { shared ??= new Worker('./w.js'); shared.postMessage(1); res.end(); }); // OK
export function runOnce(file) { return new Worker(file); } // OK
app.get('/h', (req, res) => { new Worker.Local(req.body); res.end(); }); // OK
