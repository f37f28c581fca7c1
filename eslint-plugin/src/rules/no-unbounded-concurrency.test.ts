import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-unbounded-concurrency.js';

const app = "import express from 'express'; const app = express(); ";
const unbounded = [{ messageId: 'unbounded' }] as const;
const noSuggestion = (body: string): { readonly code: string; readonly errors: typeof unbounded } => ({ code: app + body, errors: unbounded });

new RuleTester().run('no-unbounded-concurrency', rule as never, {
  valid: [
    app + "app.post('/', async (req, res) => { const jobs = new Map([[0, start()]]); KINDS.forEach((kind) => jobs.set(kind, load(kind))); await Promise.all(jobs.values()); res.end(); });",
    app + "import { json } from 'node:stream/consumers'; app.post('/', async (req, res) => { const list = await json(await upstream(req)); await Promise.all(list.map((x) => load(x))); });",
    app + "app.get('/', async (req, res) => { res.json(await Promise.all(req.body.ids.slice(0, 10).map(load))); }); async function load() {}",
    app + "app.get('/', async (req, res) => { const { ids } = req.body; if (ids.length > 50) return res.sendStatus(413); res.json(await Promise.all(ids.map((id) => load(id)))); });",
    "import pLimit from 'p-limit'; const limit = pLimit(5); " + app + "app.get('/', async (req, res) => { res.json(await Promise.all(req.body.ids.map((id) => limit(() => load(id))))); });",
    "import pLimit from 'p-limit'; const limit = pLimit(5); " + app + "app.get('/', async (req, res) => { res.json(await Promise.all(req.body.ids.map((id) => limit(load, id)))); });",
    app + "app.get('/', async (req, res) => { res.json(await Promise.all(req.body.ids.map((id) => queue.add(() => load(id))))); });",
    app + "app.get('/', async (req, res) => { await Promise.all(req.body.ids.map(async (id) => { await places.acquire(); await load(id); })); });",
    app + "app.get('/', async (req, res) => { for (const part of chunk(req.body.ids, 10)) await Promise.all(part.map((id) => load(id))); });",
    app + "app.get('/', async (req, res) => { const { ids } = req.body; for (let i = 0; i < ids.length; i += 10) { const part = ids.slice(i, i + 10); await Promise.all(part.map((id) => load(id))); } });",
    app + "app.get('/', async (req, res) => { await Promise.all([load(req.body.a), load(req.body.b)]); });",
    app + "app.get('/', async (req, res) => { await Promise.all(SHARDS.map((shard) => shard.find(req.body.id))); });",
    app + "const ids = z.array(z.string()).max(20); app.get('/', async (req, res) => { await Promise.all(req.body.ids.map((id) => load(id))); });",
    app + "app.get('/', async (req, res) => { const parts = req.query.ids.split(','); if (parts.length > 9) throw new Error('many'); await Promise.all(parts.map((id) => load(id))); });",
    'export async function loadAll(ids) { return Promise.all(ids.map((id) => load(id))); }',
    { code: app + "app.get('/', async (req, res) => { await Promise.all(req.body.ids.map((id) => inTurn(load, id))); });", options: [{ limiters: ['inTurn'] }] as never },
  ],
  invalid: [
    {
      code: app + "app.post('/', async (req, res) => { res.json(await Promise.all(req.body.ids.map((id) => load(id)))); });",
      errors: [{
        messageId: 'unbounded', line: 1, column: app.length + 52,
        suggestions: [{
          messageId: 'refuse',
          output: app + "app.post('/', async (req, res) => { if (req.body.ids.length > 100) throw new RangeError('At most 100 elements are allowed');\n" + ' '.repeat(app.length + 36) + "res.json(await Promise.all(req.body.ids.map((id) => load(id)))); });",
        }],
      }],
    },
    noSuggestion("app.post('/', async ({ body }, res) => res.json(await Promise.allSettled(body.map(async (id) => { await load(id); }))));"),
    noSuggestion("app.get('/', async (req, res) => { const jobs = req.query.ids.split(',').map((id) => load(id)); res.json(await Promise.all(jobs)); });"),
    noSuggestion("app.get('/', async (req, res) => res.json(await Promise.all([...new Set(req.body.ids)].map(load)))); async function load() {}"),
    noSuggestion("app.get('/', (req, res) => Promise.all(Array.from(req.body.ids, (id) => load(id))).then((all) => res.json(all)));"),
    noSuggestion("app.get('/', async (req, res) => res.json(await loadAll(req.body.ids))); const loadAll = async (ids) => Promise.all(ids.map((id) => load(id)));"),
    noSuggestion("import { json } from 'node:stream/consumers'; app.post('/', async (req, res) => { const { documents } = (await json(req)) as { documents: object[] }; const jobs = []; for (const each of documents) jobs.push(index(each)); await Promise.all(jobs); res.end(); });"),
    noSuggestion("app.post('/', async ({ body: { ids } }, res) => { const jobs = new Map(); ids.forEach((id) => jobs.set(id, load(id))); await Promise.all(jobs.values()); res.end(); });"),
    noSuggestion("app.post('/', async (req, res) => { const jobs = new Set(); for (const id of req.body.ids) jobs.add(load(id)); await Promise.all(jobs); res.end(); });"),
    noSuggestion("app.get('/', (req, res) => { const jobs = []; for (const [id] of Object.entries(req.body)) jobs.push(load(id)); Promise.all(jobs).then(() => res.end()); });"),
  ],
});
