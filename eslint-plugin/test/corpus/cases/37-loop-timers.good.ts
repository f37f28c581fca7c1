// @ts-nocheck
import { setTimeout as sleep, setInterval as ticks } from 'node:timers/promises';

export async function paced(items) { for (const item of items) { await sleep(100); send(item); } } // OK
export async function old(items) { for (const item of items) { await new Promise((resolve) => setTimeout(resolve, 10)); send(item); } } // OK
export function collected(jobs) { const handles = []; for (const job of jobs) handles.push(setInterval(job, 1000)); return () => handles.forEach(clearInterval); } // OK
export function mapped(jobs) { return jobs.map((job) => setInterval(job, 1000)); } // OK
export function keyed(jobs, handles) { for (const job of jobs) handles.set(job.id, setInterval(job, 10)); } // OK
export function brief(items) { for (const item of items) setTimeout(() => send(item), 10); } // OK
export function stagger(items) { items.forEach((item) => { setTimeout(() => send(item), 500); }); } // OK
export class Jobs {
  #handles = new Map();
  start(jobs) { for (const job of jobs) this.#handles.set(job, setInterval(job.run, job.ms)); } // OK
  stop() { for (const handle of this.#handles.values()) clearInterval(handle); this.#handles.clear(); }
}
export async function tick() { for await (const _ of ticks(1000)) report(); } // OK
export function onField(sockets) { for (const socket of sockets) socket.timer = setInterval(() => socket.ping(), 1000); } // OK
for (const ms of [1000, 60_000]) setInterval(report, ms); // OK
export function once(jobs) { for (const job of jobs) setImmediate(job); } // OK
export async function retry(step) { for (let tries = 0; tries < 3; tries++) { try { return await step(); } catch { await sleep(2 ** tries * 1000); } } } // OK
