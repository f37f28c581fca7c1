import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-unbounded-cache.js';

const app = "import express from 'express'; const app = express();";
/** Messages and suggestions have cases of their own, with full outputs. */
const reported = (code: string): { readonly code: string; readonly errors: number } => ({ code, errors: 1 });

new RuleTester({ languageOptions: { parser } }).run('no-unbounded-cache', rule, {
  valid: [
    `${app} function makeStore() { const map = new Map(); return { put(k) { map.set(k, 1); } }; } app.use((q, r, n) => { const store = makeStore(); store.put(q.ip); n(); });`,
    `${app} function makeStore() { const map = new Map(); return { put(k) { map.set(k, 1); }, drop(k) { map.delete(k); } }; } const store = makeStore(); app.use((q, r, n) => { store.put(q.ip); n(); });`,
    // Something takes out again.
    ...[
      `class Offline { _build() { this.requests = {}; app.get('/:id', (req, res) => { this.requests[req.params.id] = 1; res.end(); }); } reset() { this.requests = {}; } }`,
      `class Offline { flush() { this.requests = {}; } serve() { app.get('/:id', (req, res) => { this.requests[req.params.id] = 1; res.end(); }); } }`,
      `const c = new Map(); app.get('/:id', (q, r) => { c.set(q.params.id, 1); setTimeout(() => c.delete(q.params.id), 1000); });`,
      `const c = new Map(); app.get('/:id', (q, r) => { c.set(q.params.id, 1); }); setInterval(() => { for (const [k, v] of c) if (v.old) c.delete(k); }, 1000);`,
      `const c = new Map(); app.get('/:id', (q, r) => { if (c.size > 1000) evictOldest(); c.set(q.params.id, 1); });`,
      `const c = {}; app.get('/:id', (q, r) => { c[q.params.id] = 1; r.on('close', () => { delete c[q.params.id]; }); });`,
      `const c = {}; app.get('/:id', (q, r) => { if (Object.keys(c).length < 500) c[q.params.id] = 1; });`,
      `let c = {}; app.get('/:id', (q, r) => { c[q.params.id] = 1; }); setInterval(() => { c = {}; }, 1000);`,
      `let list = []; app.get('/', (q, r) => { list.push(q.url); if (list.length >= MAX) list = list.slice(-MAX); });`,
      `const list = []; app.get('/', (q, r) => { list.push(q.url); }); export const flush = () => save(list.splice(0));`,
      `const list = []; app.get('/', (q, r) => { list.push(q.url); }); setInterval(() => { list.length = 0; }, 1000);`,
      `const c = new Map(); app.get('/:id', (q, r) => { c.set(q.params.id, 1); trim(c); }); function trim(map) { while (map.size > 10) map.delete(map.keys().next().value); }`,
      `import { prune } from './prune.js'; const c = new Map(); app.get('/:id', (q, r) => { c.set(q.params.id, 1); prune(c); });`,
      `import { sweep } from './sweep.js'; const c = new Map(); sweep(c, 1000); app.get('/:id', (q, r) => { c.set(q.params.id, 1); });`,
      `const state = { c: new Map() }; app.get('/:id', (q, r) => { const { c } = state; c.set(q.params.id, 1); c.clear(); });`,
      `const busy = new Map(); app.get('/:id', async (q, r) => { busy.set(q.params.id, work(q).finally(() => busy.delete(q.params.id))); });`,
      `const c = new Map(); const drop = c.delete.bind(c); app.get('/:id', (q, r) => { c.set(q.params.id, 1); });`,
      `let text = ''; app.use((q, r, n) => { text += q.url; n(); }); setInterval(() => { write(text); text = ''; }, 1000);`,
    ].map((code) => `${app} ${code}`),
    // Few keys.
    ...[
      `let last = 0; const c = new Map(); app.use((q, r, n) => { last += 1; if (last > 9) last = 0; c.set(last, q.url); n(); });`,
      `const c = new Map(); app.use((q, r, n) => { for (let i = 0; i < 3; i += 1) c.set(i, q.url); n(); });`,
      `const c = new Map(); app.use((q, r, n) => { c.set('last', q.url); n(); });`,
      `const c = {}; app.use((q, r, n) => { c[q.method] = (c[q.method] ?? 0) + 1; n(); });`,
      `const c = {}; app.use((q, r, n) => { const { method } = q; c[method] = 1; c[r.statusCode] = 1; c[\`\${q.method} \${q.route.path}\`] = 1; n(); });`,
      `const c = new Map(); app.use((q, r, n) => { c.set(new Date().getHours(), 1); c.set(q.secure ? 'a' : 'b', 1); c.set(Date.now() % 60, 1); n(); });`,
      `const c = new Map(); const KINDS = new Set(['a', 'b']); app.use((q, r, n) => { if (!KINDS.has(q.query.kind)) return n(); c.set(q.query.kind, 1); });`,
      `const c = {}; const LIMITS = { a: 1 }; app.use((q, r, n) => { const { kind } = q.query; if (kind in LIMITS) c[kind] = 1; n(); });`,
      `const c = new Map(); const NAMES = { a: 'x', b: 'y' }; app.use((q, r, n) => { c.set(NAMES[q.query.kind], 1); n(); });`,
      `const c = new Map(); type Kind = 'a' | 'b'; function count(kind: Kind) { c.set(kind, 1); } app.use((q, r, n) => { count(q.query.kind); n(); });`,
      `const c = new Map(); const template = (name) => { if (!c.has(name)) c.set(name, read(name)); return c.get(name); }; app.use((q, r, n) => { r.send(template('a') + template('b')); n(); });`,
      `const c = new Map(); app.use((q, r, n) => { for (const part of ['a', 'b']) c.set(part, q.url); n(); });`,
      `const counts = { get: 0, post: 0 }; app.use((q, r, n) => { counts[name(q)] = 1; n(); });`,
      `const ring = new Array(100); let at = 0; app.use((q, r, n) => { ring[at] = q.url; at = (at + 1) % 100; n(); });`,
      `const ring = []; let at = 0; app.use((q, r, n) => { ring[at++ % 100] = q.url; n(); });`,
    ].map((code) => `${app} ${code}`),
    // Gone with what it is of, filled once, or not by requests.
    ...[
      `app.get('/', (q, r) => { const c = new Map(); c.set(q.url, 1); const list = []; list.push(q.url); r.json(list); });`,
      `const c = new WeakMap(); app.use((q, r, n) => { c.set(q, 1); n(); });`,
      `const list = []; let loaded = false; app.get('/', async (q, r) => { if (!loaded) { for (const row of await rows()) list.push(row); loaded = true; } r.json(list); });`,
      `const list = []; app.get('/', (q, r) => { if (list.length === 0) list.push(...read()); r.json(list); });`,
      `const c = new Map(); let ready; async function load() { if (ready) return; for (const row of await rows()) c.set(row.id, row); ready = true; } app.get('/', async (q, r) => { await load(); });`,
      `const c = new Map(); for (const name of names) c.set(name, 1); app.get('/', (q, r) => { r.json(c.get(q.url)); });`,
      `const c = new Map(); export function register(name, f) { c.set(name, f); }`,
      `class Scratch { items = []; add(x) { this.items.push(x); } } app.get('/', (q, r) => { const s = new Scratch(); s.add(q.url); r.end(); });`,
      `let n = 0; app.use((q, r, next) => { n += 1; next(); });`,
      `const out = stream(); app.use((q, r, next) => { out.push(q.url); next(); });`,
      `import { store } from './store.js'; app.use((q, r, next) => { store.set(q.url, 1); next(); });`,
      `export const c = new Map(); app.use((q, r, next) => { c.set(q.url, 1); next(); });`,
    ].map((code) => `${app} ${code}`),
    // Objects.
    'class Repo { cache = new Map(); get(id) { this.cache.set(id, load(id)); } forget(id) { this.cache.delete(id); } }',
    'class Repo { cache = new Map(); get(id) { this.cache.set(id, load(id)); } } const repo = new Repo(); setInterval(() => repo.cache.clear(), 1000);',
    'class Repo { items = new Map(); get(id) { this.items.set(id, load(id)); } }',
    'class Plugins { registry = new Map(); register(name, f) { this.registry.set(name, f); } }',
    'class Parser { cache = new Map(); get(id) { this.cache.set(id, load(id)); } }',
    'function parse(text) { const p = new Repo(); return p.get(text); } class Repo { cache = new Map(); get(id) { this.cache.set(id, load(id)); } }',
    "@Injectable({ scope: Scope.REQUEST }) class Repo { cache = new Map(); @Get() get(@Param('id') id) { this.cache.set(id, 1); } }",
    'class Repo { cache = new Map(); constructor(ids) { for (const id of ids) this.cache.set(id, 1); } }',
    // Caches of packages.
    `import { LRUCache } from 'lru-cache'; new LRUCache({ max: 500 }); new LRUCache({ maxSize: 1e6 }); new LRUCache({ ttl: 1, ttlAutopurge: true }); new LRUCache(options); new LRUCache({ ...options });`,
    `const LRU = require('lru-cache'); new LRU(500); new LRU({ max: MAX });`,
    `import NodeCache from 'node-cache'; new NodeCache({ stdTTL: 60, maxKeys: 1000 });`,
    `import _ from 'lodash'; const load = _.memoize(() => read()); function f() { const memo = _.memoize((id) => id); return memo; }`,
    `import _ from 'lodash'; const load = _.memoize((id) => read(id)); setInterval(() => load.cache.clear(), 1000);`,
    `import _ from 'lodash'; const formatter = _.memoize((style: 'short' | 'long') => new Intl.DateTimeFormat('en', { dateStyle: style }));`,
    `import express from 'express'; const LANGUAGES = ['en', 'de'] as const; const texts = new Map(); function textsOf(language: (typeof LANGUAGES)[number]) { texts.set(language, load(language)); } express().get('/', (req, res) => { res.json(textsOf(LANGUAGES.find((each) => each === req.query.lang) ?? 'en')); });`,
    `import express from 'express'; const LOADERS = { a: loadA, b: loadB }; const loaded = new Map(); const load = (kind: keyof typeof LOADERS) => { loaded.set(kind, LOADERS[kind]()); }; express().get('/', (req, res) => { load(req.query.kind); res.end(); });`,
    `import memoizee from 'memoizee'; export const a = memoizee(load, { max: 10 }); export const b = memoizee(load, { maxAge: 10 });`,
    `import { Memoize } from 'typescript-memoize'; class A { @Memoize() get x() { return 1; } @Memoize() all() { return 1; } @Memoize({ maxAge: 10 }) of(id) { return id; } }`,
    { code: `${app} const c = new Map(); app.use((q, r, n) => { c.set(q.tenant, 1); n(); });`, options: [{ boundedKeys: ['tenant'] }] },
  ],
  invalid: [
    {
      code: `${app}
const cache = new Map();
app.get('/:id', (req, res) => {
  if (!cache.has(req.params.id)) cache.set(req.params.id, load(req.params.id));
  res.json(cache.get(req.params.id));
});`,
      errors: [{
        messageId: 'grows', data: { name: 'cache', per: 'request', from: 'app.get at line 3' }, line: 4, column: 34, endColumn: 79,
        suggestions: [{
          messageId: 'guard',
          output: `${app}
const cache = new Map();
app.get('/:id', (req, res) => {
  if (cache.size >= 10_000) cache.clear();
  if (!cache.has(req.params.id)) cache.set(req.params.id, load(req.params.id));
  res.json(cache.get(req.params.id));
});`,
        }],
      }],
    },
    {
      code: 'class Repo { #cache = new Map(); get(id) { return this.#cache.get(id) ?? this.#cache.set(id, load(id)).get(id); } }',
      errors: [{ messageId: 'field', data: { name: 'this.#cache' }, suggestions: [{ messageId: 'guard', output: 'class Repo { #cache = new Map(); get(id) { if (this.#cache.size >= 10_000) this.#cache.clear();\n' + ' '.repeat(43) + 'return this.#cache.get(id) ?? this.#cache.set(id, load(id)).get(id); } }' }] }],
    },
    ...[
      `const seen = new Set(); app.use((q, r, n) => { seen.add(q.ip); n(); });`,
      `const log = []; app.use((q, r, n) => { log.unshift({ url: q.url }); n(); });`,
      `const byId = Object.create(null); app.post('/:id', (q, r) => { byId[q.params.id] ??= q.body; r.end(); });`,
      `const hits = {}; app.use((q, r, n) => { hits[q.ip] = (hits[q.ip] || 0) + 1; n(); });`,
      `let text = ''; app.use((q, r, n) => { text = \`\${text}\${q.url}\`; n(); });`,
      `let list = []; app.use((q, r, n) => { list = [...list, q.url]; n(); });`,
      `let list = []; app.use((q, r, n) => { list = list.concat(q.url); n(); });`,
      `let byId = {}; app.use((q, r, n) => { byId = { ...byId, [q.params.id]: q.body }; n(); });`,
      `const rooms = new Map([['main', []]]); app.use((q, r, n) => { rooms.get('main').push(q.body); n(); });`,
      `const rooms = new Map([['main', []]]); app.use((q, r, n) => { const room = rooms.get('main') ?? []; room.push(q.body); n(); });`,
      `const state = { users: {}, n: 0 }; app.use((q, r, n) => { state.users[q.params.id] = q.body; n(); });`,
      `const c = new Map(); const remember = (key, value) => { c.set(key, value); }; app.use((q, r, n) => { remember(q.url, 1); n(); });`,
      `const c = new Map(); function put(map, key) { map.set(key, 1); } app.use((q, r, n) => { put(c, q.url); n(); });`,
      `const state = { c: new Map() }; app.use((q, r, n) => { const { c } = state; c.set(q.url, 1); n(); });`,
      `const c = new Map(); const alias = c; app.use((q, r, n) => { alias.set(q.url, 1); n(); });`,
      `globalThis.c ??= new Map(); app.use((q, r, n) => { globalThis.c.set(q.url, 1); n(); });`,
      `class Stats { static hits = new Map(); static hit(k) { Stats.hits.set(k, 1); } } app.use((q, r, n) => { Stats.hit(q.url); n(); });`,
      `const c = new Map(); app.use(async (q, r, n) => { const user = await find(q); c.set(user.id, user); n(); });`,
      `const c = new Map(); app.use((q, r, n) => { if (c.size > 0) r.set('x', '1'); c.set(q.url, 1); r.json([...c.values()]); n(); });`,
      `export function plugin(app) { const c = new Map(); app.get('/x', (req, res) => { c.set(req.url, 1); }); }`,
      `class Audit { entries = []; handle(req, res) { this.entries.push(req.url); res.end(); } } const audit = new Audit(); app.use(audit.handle);`,
      `@Controller() class Users { private byId = new Map(); @Get(':id') get(@Param('id') id: string) { this.byId.set(id, 1); } }`,
      `export const c = []; exports.c = c; module.exports = app; const d = []; app.use((q, r, n) => { d.push(q.url); n(); });`,
    ].map((code) => reported(`${app} ${code}`)),
    reported(`${app} class Offline { _build() { this.requests = {}; app.get('/:id', (req, res) => { this.requests[req.params.id] = { done: false }; res.end(); }); } }`),
    reported(`function Repo() { this.cache = {}; } Repo.prototype.handle = function (req, res) { this.cache[req.url] = 1; };`),
    reported(`import { LRUCache } from 'lru-cache'; const c = new LRUCache({ ttl: 1000 });`),
    reported(`const LRU = require('lru-cache'); const c = new LRU();`),
    reported(`import { LRUCache } from 'lru-cache'; const c = new LRUCache({ max: Infinity });`),
    reported(`import NodeCache from 'node-cache'; const c = new NodeCache({ stdTTL: 60 });`),
    reported(`import express from 'express'; const LOADERS: Record<string, () => string> = {}; const loaded = new Map(); const load = (kind: keyof typeof LOADERS) => { loaded.set(kind, 1); }; express().get('/', (req, res) => { load(req.query.kind); res.end(); });`),
    reported(`import memoize from 'lodash/memoize'; export const find = memoize(async (id) => load(id));`),
    reported(`import pMemoize from 'p-memoize'; const find = pMemoize(async (id) => load(id));`),
    reported(`import memoizee from 'memoizee'; export const a = memoizee(load, { promise: true });`),
    reported(`import { Memoize } from 'typescript-memoize'; class A { @Memoize() of(id) { return id; } }`),
    { code: `export const f = remember((id) => id);`, options: [{ memoizers: ['remember'] }], errors: [{ messageId: 'endless', data: { what: 'remember' } }] },
    { code: `${app} export const c = new Map(); app.use((q, r, n) => c.set(q.url, 1));`, options: [{ checkExported: true }], errors: 1 },
    { code: 'class Repo { things = new Map(); get(id) { return this.things.set(id, 1); } }', options: [{ names: 'things' }], errors: 1 },
    reported(`${app} function makeStore() { const map = new Map(); return { put(k) { map.set(k, 1); } }; } const store = makeStore(); app.use((q, r, n) => { store.put(q.ip); n(); });`),
    reported(`${app} const makeStore = () => { const map = new Map(); const put = (k) => { map.set(k, 1); }; const made = { put }; return made; }; const { put } = makeStore(); app.use((q, r, n) => { put(q.ip); n(); });`),
    reported(`${app} class Store { map = new Map(); put(k) { this.map.set(k, 1); } } const makeStore = () => new Store(); const store = makeStore(); app.use((q, r, n) => { store.put(q.ip); n(); });`),
  ],
});

new RuleTester({ languageOptions: { parser } }).run('no-unbounded-cache, what is kept of work', rule, {
  valid: [
    'class Timers { list = []; later(f, ms) { const timer = setTimeout(() => { this.list = this.list.filter((each) => each !== timer); f(); }, ms); this.list.push(timer); } }',
    'class Timers { list = new Set(); start() { this.list.add(setTimeout(() => this.go(), 10)); } stop() { this.list.forEach(clearTimeout); } }',
    'class Rpc { asked = new Map(); ask(id) { return new Promise((resolve) => { this.asked.set(id, resolve); }); } take(id, value) { this.asked.get(id)(value); this.asked.delete(id); } }',
    'class Delays { timers = {}; later(key, f) { this.timers[key] = setTimeout(() => { this.timers[key] = null; f(); }, 10); } }',
    'class QueryRunner { asked = new Map(); ask(id) { return new Promise((resolve) => { this.asked.set(id, resolve); }); } }',
    'export async function all(items) { const waiting = new Map(); await Promise.all(items.map((item) => new Promise((resolve) => { waiting.set(item, resolve); begin(item); }))); }',
    'export function all(items) { const waiting = new Map(); function one(item) { return new Promise((resolve) => { waiting.set(item, resolve); }); } return Promise.all([one(items[0]), one(items[1])]); }',
    'export function makeLock() { let waiting = []; return () => new Promise((resolve) => { waiting.push(resolve); }); }',
  ],
  invalid: [
    { code: 'class Limits { timers = []; add(key, ms) { const timer = setTimeout(() => this.drop(key), ms); this.timers.push(timer); } onApplicationShutdown() { this.timers.forEach(clearTimeout); } }', errors: [{ messageId: 'work', data: { name: 'this.timers' }, suggestions: [] }] },
    { code: 'let Limits = class Limits { constructor() { this.timers = new Set(); } addRecord(ms) { this.timers.add(setTimeout(() => {}, ms)); } }; Limits = decorate(Limits);', errors: [{ messageId: 'work' }] },
    { code: 'class Rpc { constructor() { this.asked = new Map(); } ask(what) { return new Promise((resolve, reject) => { const id = this.next++; this.asked.set(id, { resolve, reject }); this.send(id, what); }); } take(id, value) { this.asked.get(id).resolve(value); } }', errors: [{ messageId: 'work' }] },
    { code: 'export function makeRpc(send) { const asked = new Map(); let last = 0; function ask(what) { return new Promise((resolve, reject) => { last += 1; asked.set(last, (error, value) => (error ? reject(error) : resolve(value))); send(last, what); }); } return { ask, take: (id, value) => asked.get(id)(null, value) }; }', errors: [{ messageId: 'work', data: { name: 'asked' } }] },
    { code: `${app} let last = 0; const c = new Map(); app.use((q, r, n) => { last += 1; c.set(last, q.url); n(); });`, errors: [{ messageId: 'grows', suggestions: 1 }] },
    { code: 'const seen = new Map(); const storage = () => ({ get: (k) => seen.get(k), set(k, v) { seen.set(k, v); } }); export async function onRequestLimit(request, context) { const store = storage(); store.set(request.headers.get(context.name), 1); }', errors: [{ messageId: 'grows', suggestions: 1 }] },
  ],
});
