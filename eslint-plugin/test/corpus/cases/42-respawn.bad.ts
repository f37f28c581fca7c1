// @ts-nocheck
import cluster from 'node:cluster';
import { fork, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

cluster.on('exit', (worker) => { console.log(`worker ${worker.process.pid} died`); cluster.fork(); }); // BAD
cluster.on('disconnect', function (worker) { if (!worker.exitedAfterDisconnect) cluster.fork(); }); // BAD
cluster.on('exit', (worker, code, signal) => { if (code !== 0 || signal) { replace(); } });
function replace() { const worker = cluster.fork(); worker.send('hello'); } // BAD
export function supervise(file) { const child = fork(file); child.once('exit', () => { supervise(file); }); } // BAD
export const keepAlive = () => { const child = spawn('daemon'); child.on('close', () => keepAlive()); }; // BAD
export class Pool {
  start() { const worker = new Worker('./w.js'); worker.on('error', () => this.start()); } // BAD
  #open() { this.child = fork('./c.js').on('exit', () => this.#open()); } // BAD
  watch() { this.thread = new Worker('./t.js'); this.thread.on('exit', (code) => { if (code) this.watch(); }); } // BAD
}
export function each(count) {
  for (let i = 0; i < count; i++) cluster.fork().on('exit', () => { cluster.fork(); }); // BAD
}
const again = () => { cluster.fork(); }; // BAD
cluster.addListener('exit', again);
export function replaceAll(workers) { workers.forEach((worker) => worker.on('exit', () => { workers.push(new Worker('./a.js')); })); } // BAD
export function withEnv(env) { const child = fork('./x.js', { env }); child.on('exit', (code) => code === 0 || withEnv(env)); } // BAD
