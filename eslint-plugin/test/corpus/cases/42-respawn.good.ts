// @ts-nocheck
import cluster from 'node:cluster';
import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';

cluster.on('exit', () => { setTimeout(() => cluster.fork(), 1000); }); // OK
cluster.on('exit', async () => { await sleep(1000); cluster.fork(); }); // OK
let restarts = 0;
cluster.on('exit', () => { restarts += 1; if (restarts > 5) process.exit(1); cluster.fork(); }); // OK
const deaths = [];
cluster.on('exit', () => { deaths.push(Date.now()); if (deaths.filter((at) => Date.now() - at < 60_000).length > 10) return; cluster.fork(); }); // OK
for (let i = 0; i < 4; i++) cluster.fork(); // OK
cluster.on('exit', (worker) => { console.log(worker.id); }); // OK
cluster.on('online', () => { fork('./helper.js'); }); // OK
export function run(delay) { const child = fork('./c.js'); child.on('exit', () => { setTimeout(run, delay, Math.min(delay * 2, 30_000)); }); } // OK
export class Supervisor {
  start() { this.child = fork('./c.js'); this.child.on('exit', () => this.#again()); } // OK
  #again() { if (this.tries++ >= 3) throw new Error('too many'); this.start(); }
}
export function once(file) { const worker = new Worker(file); worker.on('exit', (code) => { console.log(code); }); } // OK
export function retry(file, left) { const worker = new Worker(file); worker.on('error', () => { if (left > 0) retry(file, left - 1); }); } // OK
emitter.on('exit', () => { render(); }); // OK
cluster.on('exit', () => { queue.push('fork'); }); // OK
