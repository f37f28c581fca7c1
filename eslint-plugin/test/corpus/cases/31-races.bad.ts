// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises';
import timers from 'node:timers';

export function withTimeout(promise, ms) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('timeout')), ms))]); // BAD
}
export async function request(url) {
  const timeout = new Promise((resolve) => setTimeout(resolve, 30_000));
  const response = await Promise.race([fetch(url), timeout]); // BAD
  return response;
}
export async function onlyOnSuccess(work) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(reject, 5000); });
  const value = await Promise.race([work(), late]); // BAD
  clearTimeout(timer);
  return value;
}
const delay = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
export const helper = (work) => Promise.race([work, delay(1000)]); // BAD
export const promised = (work) => Promise.race([work(), sleep(10_000, 'late')]); // BAD
export class Client {
  #deadline(ms) { return new Promise((_, reject) => { setTimeout(() => { reject(new Error('late')); }, ms); }); }
  call(method) { return Promise.race([this.send(method), this.#deadline(15_000)]); } // BAD
}
export function thenOnly(work) {
  let id;
  return Promise.race([work(), new Promise((_, reject) => { id = timers.setTimeout(reject, 1e4); })]).then((value) => { clearTimeout(id); return value; }); // BAD
}
export async function throwing(work) {
  await Promise.race([work(), delay(500).then(() => { throw new Error('late'); })]); // BAD
}
export function bare(work, ms) { return Promise.race([work(), new Promise((r) => void setTimeout(r, ms))]); } // BAD
async function late(ms) { await sleep(ms); throw new Error('late'); }
export const viaAsync = (work) => Promise.race([work(), late(3000)]); // BAD
export async function inLoop(jobs) { for (const job of jobs) await Promise.race([job(), delay(60_000)]); } // BAD
export async function list(work) { const racers = [work()]; racers.push(delay(100)); return Promise.race([...racers, delay(9000)]); } // BAD
export function wrong(ms) { const pause = sleep(ms); clearTimeout(pause); } // BAD
