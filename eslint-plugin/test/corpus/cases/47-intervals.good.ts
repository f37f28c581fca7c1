// @ts-nocheck
import express from 'express';
import { WebSocketServer } from 'ws';
import { setInterval as ticks } from 'node:timers/promises';
import Base from './base.js';

setInterval(report, 60_000); // OK
const app = express();
app.get('/events', (req, res) => { const beat = setInterval(() => res.write(':\n\n'), 15_000); res.on('close', () => clearInterval(beat)); }); // OK
new WebSocketServer({ port: 1 }).on('connection', (socket) => { const ping = setInterval(() => socket.ping(), 1); socket.once('close', stop); function stop() { clearInterval(ping); } }); // OK
export class Cache { #timer; constructor() { this.#timer = setInterval(() => this.sweep(), 1).unref(); } close() { clearInterval(this.#timer); } sweep() {} } // OK
export class Derived extends Base { start() { this.timer = setInterval(tick, 1); } } // OK
export function start(ms) { return setInterval(tick, ms); } // OK
export function owned(ms) { const timer = setInterval(tick, ms); return { stop: () => clearInterval(timer) }; } // OK
export function passed(registry) { registry.add(setInterval(tick, 1)); } // OK
export async function during(work) { const timer = setInterval(report, 1000); try { await work(); } finally { clearInterval(timer); } } // OK
export function limited(times) { const timer = setInterval(() => { if (times-- <= 0) clearInterval(timer); }, 1); } // OK
export function background() { setInterval(sweep, 1000).unref(); } // OK
export async function iterate() { for await (const _ of ticks(1000)) report(); } // OK
export const timers = []; export function add() { timers.push(setInterval(tick, 1)); } export function stopAll() { for (const timer of timers.splice(0)) clearInterval(timer); } // OK
export function disposable() { using timer = setInterval(tick, 1); work(timer); } // OK
export class Job { start() { const self = this; this.handle = setInterval(() => self.run(), 1); } async stop() { const { handle } = this; clearInterval(handle); } } // OK
export const restart = (() => { let timer; return () => { clearInterval(timer); timer = setInterval(tick, 1); }; })(); // OK
