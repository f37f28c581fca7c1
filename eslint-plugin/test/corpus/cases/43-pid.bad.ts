// @ts-nocheck
import cluster, { workers } from 'node:cluster';
import * as ns from 'cluster';
const { workers: table } = require('cluster');
export const find = (pid) => cluster.workers[pid]; // BAD
export function kill(worker) { cluster.workers[worker.process.pid].kill(); } // BAD
export function drop(worker) { delete cluster.workers[worker.process.pid]; } // BAD
export const named = (child) => workers[child.pid]; // BAD
export const star = (pid) => ns.workers?.[pid]; // BAD
export function put(worker) { table[worker.process.pid] = worker; } // BAD
export const own = () => cluster.workers[process.pid]; // BAD
export const text = (worker) => cluster.workers[String(worker.process.pid)]; // BAD
export const template = (worker) => cluster.workers[`${worker.process.pid}`]; // BAD
cluster.on('exit', ({ process: { pid } }) => { console.log(cluster.workers[pid]); }); // BAD
export function alias(workerPid) { const list = cluster.workers; return list[workerPid]; } // BAD
export const sent = (message) => cluster.workers[message.pid]?.send(message); // BAD
export const bang = (worker) => cluster.workers![worker.process.pid]; // BAD
