import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { emitService, NODE_MODULES } from '../test/chaos/harness/emit.js';
import { peerFolder, peerProgram } from './install.js';
import { temporaryFolder } from './temporary-folder.js';

/** Something that serves GET / with the same answer, and how to start it. */
export interface Contestant {
  readonly name: string;
  readonly folder: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
}

const PEERS = resolve(import.meta.dirname, 'peers');

export const RAW = 'node:cluster + http';
export const FASTIFY = 'fastify in a cluster';
export const OURS_METRICS = 'emitted service, metrics';
export const OURS_LOG = 'emitted service, metrics + access log';

/** All that can be had on this machine; what cannot is said. Built in a temporary folder. */
export function contestants(): Contestant[] {
  const folder = temporaryFolder();
  const emitted = join(folder, 'emitted');
  mkdirSync(emitted);
  emitService(emitted);
  return [
    { name: RAW, folder: PEERS, command: [process.execPath, 'raw-cluster.mjs'] },
    { name: FASTIFY, folder: PEERS, command: [process.execPath, 'fastify-cluster.mjs'] },
    { name: OURS_METRICS, folder: emitted, command: [process.execPath, 'dist/main.js'], env: { LOG_LEVEL: 'warn' } },
    { name: OURS_LOG, folder: emitted, command: [process.execPath, 'dist/main.js'], env: { LOG_LEVEL: 'info' } },
    ...pm2(folder),
    ...node24(folder),
  ];
}

function pm2(folder: string): Contestant[] {
  if (peerFolder('pm2') === undefined) return [];
  const ecosystem = join(folder, 'ecosystem.config.cjs');
  const app = { name: 'hello', script: join(PEERS, 'fastify-app.mjs'), exec_mode: 'cluster', instances: 2, out_file: '/dev/null', error_file: '/dev/null' };
  writeFileSync(ecosystem, `module.exports = ${JSON.stringify({ apps: [app] })};\n`);
  return [{ name: 'PM2 (cluster mode) + fastify', folder, command: [process.execPath, peerProgram('pm2-runtime'), 'start', ecosystem], env: { PM2_HOME: join(folder, 'pm2') } }];
}

/** wattpm does not run on the oldest Node.js that we support, so it and its own base run on a newer one. */
function node24(folder: string): Contestant[] {
  if (peerFolder('node') === undefined) return [];
  const node = peerProgram('node');
  const base: Contestant = { name: `${FASTIFY}, Node 24`, folder: PEERS, command: [node, 'fastify-cluster.mjs'] };
  if (peerFolder('wattpm') === undefined || peerFolder('@platformatic/node') === undefined) return [base];
  const app = join(folder, 'wattpm');
  mkdirSync(app);
  for (const file of ['hello.mjs', 'fastify-app.mjs']) cpSync(join(PEERS, file), join(app, file));
  writeFileSync(join(app, 'index.mjs'), "export { build as create } from './fastify-app.mjs';\n");
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'hello', type: 'module', main: 'index.mjs' }));
  writeFileSync(join(app, 'watt.json'), JSON.stringify(WATT, null, 2));
  mkdirSync(join(app, 'node_modules/@platformatic'), { recursive: true });
  symlinkSync(join(NODE_MODULES, 'fastify'), join(app, 'node_modules/fastify'));
  symlinkSync(join(peerProgram('..'), '@platformatic/node'), join(app, 'node_modules/@platformatic/node'));
  return [base, { name: 'wattpm (2 threads) + fastify, Node 24', folder: app, command: [node, peerProgram('wattpm'), 'start'] }];
}

const WATT = {
  module: '@platformatic/node',
  node: { main: 'index.mjs' },
  runtime: { workers: 2, logger: { level: 'error' }, metrics: false, managementApi: false, server: { hostname: '127.0.0.1', port: '{PORT}' } },
};
