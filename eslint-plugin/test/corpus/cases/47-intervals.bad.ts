// @ts-nocheck
import express from 'express';
import { EventEmitter } from 'node:events';
import { WebSocketServer } from 'ws';
import { setInterval as every } from 'node:timers';
import timers from 'timers';
import Fastify from 'fastify';

const app = express();
app.get('/events', (req, res) => { res.writeHead(200, { 'content-type': 'text/event-stream' }); setInterval(() => res.write(':\n\n'), 15_000); }); // BAD
new WebSocketServer({ port: 1 }).on('connection', (socket) => { const ping = setInterval(() => socket.ping(), 30_000); socket.on('message', () => {}); }); // BAD
export class Cache { constructor() { this.timer = setInterval(() => this.sweep(), 60_000); } sweep() {} } // BAD
export class Watcher { #handle; start() { this.#handle = setInterval(() => this.look(), 100); } stop() { this.#handle = undefined; } look() {} } // BAD
export class Poller extends EventEmitter { interval = null; begin() { this.interval = every(() => this.emit('tick'), 10); } } // BAD
export async function during(work) { const timer = setInterval(report, 1000); await work(); clearInterval(timer); } // BAD
app.post('/jobs', async (req, res) => { const poll = setInterval(check, 500); const result = await run(req.body); clearInterval(poll); res.json(result); }); // BAD
app.get('/unref', (req, res) => { timers.setInterval(() => touch(req.session), 1000).unref(); res.end(); }); // BAD
Fastify().get('/keep', async (request, reply) => { let handle; handle = setInterval(() => request.log.info('alive'), 1000); return {}; }); // BAD
export function subscribe(topic, callback) { setInterval(async () => callback(await fetch(topic)), 5000); } // BAD
export function factory() { let timer; return { start() { timer = setInterval(tick, 10); }, isRunning: () => timer !== undefined }; } // BAD
export function wrong() { const a = setInterval(tick, 10); const b = setInterval(tick, 20); return () => { clearInterval(b); }; } // BAD
export class Session { open() { globalThis.setInterval(() => this.beat(), 1000); } beat() {} } // BAD
