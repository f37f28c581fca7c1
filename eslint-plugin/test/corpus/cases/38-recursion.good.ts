// @ts-nocheck
export async function pump(queue) { for (;;) { const job = await queue.next(); await job.run(); } } // OK
export async function until(signal) { while (!signal.aborted) await step(); } // OK
export async function pages(cursor) { const page = await load(cursor); if (page.next) return [...page.rows, ...await pages(page.next)]; return page.rows; } // OK
export async function retry(tries) { try { return await step(); } catch (error) { if (tries <= 0) throw error; return retry(tries - 1); } } // OK
export async function walk(folder) { for (const child of await list(folder)) await walk(child); } // OK
export function detached() { void step().finally(() => { setTimeout(detached, 1000); }); } // OK
export function scheduled() { step().then(() => { setImmediate(scheduled); }, log); } // OK
export class Poller { async poll() { await this.step(); if (this.stopped) return; await sleep(1000); return this.poll(); } } // OK
export class Loop { async run() { try { await this.step(); } finally { this.timer = setTimeout(() => { void this.run(); }, 1000); } } } // OK
export async function drain(queue) { const next = queue.shift(); return next ? (await next(), drain(queue)) : undefined; } // OK
export function later(tasks) { if (tasks.length > 0) process.nextTick(later, tasks.slice(1)); } // OK
export async function all(tree) { await Promise.all(tree.children.map((child) => all(child))); } // OK
export async function first() { return other(); } async function other() { return step(); } // OK
export async function shadow(shadowed) { { const shadow = async () => step(); await shadow(); } } // OK
