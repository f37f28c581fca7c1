// @ts-nocheck
import timers, { setInterval as every } from 'node:timers';

export function watchAll(paths) { for (const path of paths) setInterval(() => check(path), 500); } // BAD
export const start = (jobs) => { jobs.forEach((job) => setInterval(job, job.everyMs)); }; // BAD
export function byIndex(tasks) { for (let i = 0, n = tasks.length; i < n; i += 1) { every(tasks[i], 1000); } } // BAD
export function inNames(object) { for (const name in object) { timers.setInterval(object[name], 100); } } // BAD
export function drain(queue) { while (queue.length > 0) { const task = queue.pop(); setTimeout(() => task.run(), 24 * 60 * 60 * 1000); } } // BAD
export async function forever(step) { for (;;) { setTimeout(step, 250); } } // BAD
export class Scheduler {
  schedule(entries) {
    for (const { run, at } of entries) globalThis.setTimeout(run, at - Date.now()); // BAD
  }
  restart() { this.entries.forEach(function (entry) { setInterval(() => entry.run(), 10); }); } // BAD
}
export function heartbeat(sockets) { for (const socket of sockets) { if (socket.isAlive) { setInterval(() => { socket.ping(); }, 30_000); } } } // BAD
export function nested(groups) { for (const group of groups) for (const member of group) void setInterval(() => member.touch(), 1000); } // BAD
export function untilDone(state) { do { setInterval(state.tick, 10); } while (!state.done); } // BAD
export async function each(source) { for await (const item of source) setInterval(() => item.poll(), 1000); } // BAD
