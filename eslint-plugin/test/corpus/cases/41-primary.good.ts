// @ts-nocheck
import cluster, { isPrimary, setupPrimary } from 'node:cluster';
import redis from './redis.js';
if (cluster.isPrimary) start(); // OK
export const role = isPrimary ? 'primary' : 'worker'; // OK
setupPrimary({ exec: 'w.js' }); // OK
export const replica = redis.isMaster; // OK
export const hello = await redis.admin().isMaster(); // OK
export function local(cluster) { return cluster.isMaster; } // OK
export const isMaster = true; // OK
export const state = { isMaster: false }; // OK
export class Node { isMaster = false; promote() { this.isMaster = true; } } // OK
export const { setupMaster } = redis; // OK
export const text = 'cluster.isMaster'; // OK
export const shadow = () => { const cluster = connect(); return cluster.isMaster; }; // OK
