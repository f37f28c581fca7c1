// @ts-nocheck
const sessions = new WeakMap();
const marked = new WeakSet([{}]);
export function dump() { for (const entry of sessions) console.log(entry); } // BAD
export const count = () => sessions.size; // BAD
export const all = () => [...marked]; // BAD
export function each(fn) { marked.forEach(fn); } // BAD
export function keys() { return Array.from(sessions.keys()); } // BAD
export function reset() { sessions.clear(); } // BAD
export const copy = new Map(sessions); // BAD
export class Registry {
  #owners = new WeakMap();
  seen = new WeakSet();
  list() { return [...this.#owners.values()]; } // BAD
  total() { return this.seen.size; } // BAD
  static cache = new WeakMap();
  static entries() { return Registry.cache.entries(); } // BAD
}
const untyped: any = new WeakMap();
export const names = () => Object.keys(untyped); // BAD
const alias = sessions;
export function walk() { alias?.forEach((value) => console.log(value)); } // BAD
let late; late = new WeakSet(); export function iterate() { for (const item of late) console.log(item); } // BAD
