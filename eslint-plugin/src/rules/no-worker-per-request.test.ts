import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-worker-per-request.js';

const APP = "import express from 'express'; import { Worker } from 'node:worker_threads'; import { spawn, fork, execFile } from 'node:child_process'; import cluster from 'node:cluster'; import { promisify } from 'node:util'; const app = express(); ";

new RuleTester({ languageOptions: { parser } }).run('no-worker-per-request', rule, {
  valid: [
    `${APP}const pool = Array.from({ length: 4 }, () => new Worker('./w.js')); app.get('/', (req, res) => { pool[0].postMessage(1); res.end(); });`,
    `${APP}class Pool { #workers = []; constructor(n) { for (let i = 0; i < n; i++) this.#workers.push(new Worker('./w.js')); } } const pool = new Pool(4); app.get('/', (req, res) => res.end());`,
    `${APP}let thread; const start = () => { if (!thread) thread = new Worker('./w.js'); return thread; }; app.get('/', (req, res) => { start().postMessage(1); res.end(); });`,
    "import { Worker } from 'bullmq'; new Worker('queue', async (job) => work(job));",
    `${APP}for (let i = 0; i < 4; i++) cluster.fork();`,
    `${APP}app.get('/', async (req, res) => { res.json(await db.exec('select 1')); });`,
    // What no-sync-child-process-in-handler suggests.
    `${APP}const run = promisify(execFile); app.get('/', async (req, res) => { res.end((await run('uptime')).stdout); });`,
    { code: `${APP}app.get('/', (req, res) => { spawn('convert').stdout.pipe(res); });`, options: [{ allow: ['spawn'] }] },
  ],
  invalid: [
    { code: `${APP}app.get('/', (req, res) => { const worker = new Worker('./w.js'); worker.once('message', (m) => res.json(m)); });`, errors: [{ message: /thread.*every request.*38 ms/ }] },
    { code: `${APP}app.get('/', (req, res) => { spawn('convert', []).stdout.pipe(res); });`, errors: [{ message: /process/ }] },
    { code: `${APP}const run = () => new Worker('./w.js'); app.get('/', (req, res) => { run(); res.end(); });`, errors: [{ message: /via run/ }] },
    { code: `${APP}app.post('/', (req, res) => { fork('./job.js'); res.end(); });`, errors: [{ messageId: 'made' }] },
    { code: `${APP}app.post('/', (req, res) => { cluster.fork(); res.end(); });`, errors: [{ messageId: 'made' }] },
    { code: "import { $ } from 'execa'; import polka from 'polka'; polka().get('/', async (req, res) => { res.end((await $`git log`).stdout); });", errors: [{ messageId: 'made' }] },
    { code: "import { WebSocketServer } from 'ws'; import { Worker } from 'worker_threads'; new WebSocketServer({ port: 1 }).on('connection', (socket) => { new Worker('./w.js'); });", errors: [{ message: /every connection/ }] },
    { code: "import { WebSocketServer } from 'ws'; import { execa } from 'execa'; new WebSocketServer({ port: 1 }).on('connection', (socket) => { socket.on('message', async (text) => { socket.send((await execa('wc')).stdout); }); });", errors: [{ message: /every message/ }] },
  ],
});
