// @ts-nocheck
import cluster from 'node:cluster';
export const find = (id) => cluster.workers[id]; // OK
export const self = () => cluster.workers[cluster.worker.id]; // OK
export const search = (pid) => Object.values(cluster.workers).find((worker) => worker.process.pid === pid); // OK
export const byPid = new Map(); cluster.on('fork', (worker) => byPid.set(worker.process.pid, worker)); // OK
const table = {}; export const put = (worker) => { table[worker.process.pid] = worker; }; // OK
export const pool = (pool, pid) => pool.workers[pid]; // OK
export const first = () => cluster.workers[1]; // OK
for (const id in cluster.workers) cluster.workers[id].send('stop'); // OK
for (const id of Object.keys(cluster.workers)) cluster.workers[id].kill(); // OK
export const idOf = (message) => cluster.workers[message.workerId]; // OK
export const pids = Object.values(cluster.workers).map((worker) => worker.process.pid); // OK
export const rapid = (rapid) => cluster.workers[rapid]; // OK
