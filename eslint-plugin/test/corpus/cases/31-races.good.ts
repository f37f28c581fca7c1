// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises';
import pTimeout from 'p-timeout';

export async function inFinally(work, ms) {
  let timer;
  try {
    return await Promise.race([work(), new Promise((_, reject) => { timer = setTimeout(reject, ms); })]); // OK
  } finally { clearTimeout(timer); }
}
export function chained(work) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(reject, 1000); });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer)); // OK
}
export async function aborted(work) {
  const controller = new AbortController();
  try { return await Promise.race([work(), sleep(1000, undefined, { signal: controller.signal })]); } finally { controller.abort(); } // OK
}
export const unreferenced = (work) => Promise.race([work(), new Promise((resolve) => { setTimeout(resolve, 1000).unref(); })]); // OK
export const signal = (url) => fetch(url, { signal: AbortSignal.timeout(1000) }); // OK
export const plain = (a, b) => Promise.race([a(), b()]); // OK
export const library = (work) => pTimeout(work(), { milliseconds: 100 }); // OK
export const waited = async () => { await sleep(100); }; // OK
export const together = () => Promise.all([sleep(1), sleep(2)]); // OK
export function manual(work, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ms); // OK
    work().then((value) => { clearTimeout(timer); resolve(value); }, (error) => { clearTimeout(timer); reject(error); });
  });
}
export const bothWays = (work) => { let t; const stop = () => clearTimeout(t); const p = Promise.race([work(), new Promise((r) => { t = setTimeout(r, 10); })]); p.then(stop, stop); return p; }; // OK
export class Connection {
  wait() { return Promise.race([this.ready, new Promise((_, reject) => { this.timer = setTimeout(reject, 1000); })]); } // OK
  close() { clearTimeout(this.timer); }
}
export const race = (car) => car.race([new Promise((r) => setTimeout(r, 10))]); // OK
