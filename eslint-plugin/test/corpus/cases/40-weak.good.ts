// @ts-nocheck
const sessions = new WeakMap();
const users = new Map();
export const get = (request) => sessions.get(request) ?? sessions.has(request); // OK
export function set(request, value) { sessions.set(request, value); sessions.delete(request); } // OK
export function dump() { for (const [name] of users) console.log(name); return users.size; } // OK
export class Sized extends WeakMap { get size() { return 0; } *[Symbol.iterator]() { yield 1; } } // OK
export const size = new Sized().size; // OK
export class Registry { #owners = new Map(); list() { return [...this.#owners.values()]; } } // OK
export function local(WeakMap) { return new WeakMap().size; } // OK
export function parameter(map) { return [...map.keys()]; } // OK
export const ref = new WeakRef(users).deref()?.size; // OK
let store = new WeakMap(); store = new Map(); export const either = () => store.size; // OK
export class Other { list() { return this.items.size; } items = new Set(); } // OK
export const pairs = Object.entries({ WeakMap: 1 }); // OK
