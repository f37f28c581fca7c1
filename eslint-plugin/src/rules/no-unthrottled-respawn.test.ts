import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-unthrottled-respawn.js';

const IMPORTS = "import cluster from 'node:cluster'; import { fork, spawn } from 'node:child_process'; import { Worker } from 'node:worker_threads'; ";
const valid = (code: string): string => IMPORTS + code;
const invalid = (code: string): RuleTester.InvalidTestCase => ({ code: IMPORTS + code, errors: [{ messageId: 'respawns' }] });

new RuleTester({ languageOptions: { parser } }).run('no-unthrottled-respawn', rule, {
  valid: [
    "cluster.on('exit', (w) => { if (stopping || w.exitedAfterDisconnect) return; setTimeout(() => cluster.fork(), delay); delay = Math.min(delay * 2, 3e4); });",
    "cluster.on('exit', () => { deaths.push(Date.now()); if (recent(deaths) > 10) process.exit(1); cluster.fork(); });",
    "cluster.on('exit', () => { if (++deaths === 10) process.exit(1); cluster.fork(); });",
    "cluster.on('exit', async () => { await sleep(1000); cluster.fork(); });",
    'for (let i = 0; i < 4; i++) cluster.fork();',
    "function start(tries) { const child = spawn('a'); child.on('close', () => { if (tries === 0) throw new Error('dead'); start(tries - 1); }); }",
    "function run(steps) { const [step, ...rest] = steps; if (!step) return; spawn(step).on('close', () => run(rest)); }",
    "function run(steps) { if (steps.length === 0) return; const child = fork(steps[0]); child.on('exit', () => run(steps.slice(1))); }",
    "socket.on('close', () => { fork('./session.js'); });",
    "class Job { run() { this.stream = open(); this.stream.on('close', () => fork('./next.js')); } }",
  ].map(valid),
  invalid: [
    "cluster.on('exit', () => { cluster.fork(); });",
    "cluster.on('exit', (w, code) => { log(w.id, code); if (code > 0) cluster.fork(); });",
    "cluster.on('exit', (w, code) => { if (code === 0) return; cluster.fork(); });",
    "function job() { const child = fork('./j.js'); child.on('exit', job); }",
    "const again = () => cluster.fork(); cluster.on('exit', again);",
    "cluster.on('disconnect', (w) => { if (!w.exitedAfterDisconnect) cluster.fork(); });",
    "function start() { const worker = cluster.fork(); worker.on('exit', () => { start(); }); }",
    "class Pool { watch() { this.thread = new Worker('./t.js'); this.thread.on('exit', (code) => { if (code) this.watch(); }); } }",
    "function create(i) { workers[i] = new Worker('./w.js'); workers[i].once('error', () => { create(i); }); }",
    "class Primary { start() { cluster.on('exit', (worker) => this.onExit(worker)); } onExit(worker) { if (!worker.exitedAfterDisconnect) this.spawn(); } spawn() { cluster.fork(); } }",
  ].map(invalid),
});

new RuleTester({ languageOptions: { parser } }).run('no-unthrottled-respawn, with backoffCalls', rule, {
  valid: [{ code: valid("cluster.on('exit', () => { later(); }); function later() { cluster.fork(); }"), options: [{ backoffCalls: ['later'] }] }],
  invalid: [{ ...invalid("cluster.on('exit', () => { later(); }); function later() { cluster.fork(); }"), options: [{ backoffCalls: ['other'] }] }],
});
