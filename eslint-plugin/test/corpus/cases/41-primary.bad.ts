// @ts-nocheck
import cluster, { isMaster, setupMaster as setUp } from 'node:cluster'; // BAD
import * as everything from 'cluster';
const required = require('cluster');
const { isMaster: isParent } = require('node:cluster'); // BAD
if (cluster.isMaster) start(); // BAD
export const role = everything.isMaster ? 'primary' : 'worker'; // BAD
export const named = isMaster && 'yes';
export function configure() { required.setupMaster({ exec: 'worker.js' }); } // BAD
export const computed = cluster['isMaster']; // BAD
export const parent = () => isParent;
export function main() { if (!required.isMaster) return; setUp(); } // BAD
export const nested = () => require('cluster').isMaster; // BAD
export async function dynamic() { const { default: c } = await import('node:cluster'); return c.isMaster; } // BAD
export const optional = cluster?.isMaster; // BAD
const alias = cluster; export const aliased = () => alias.isMaster; // BAD
export const cast = (cluster as any).isMaster; // BAD
export function inside() { const { isMaster: mine } = cluster; return mine; } // BAD
