import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import type * as ESTree from 'estree';
import { expect, test } from 'vitest';

import { fileModel } from './model.js';

/** Of the argument of every call of `look`: whether a client chose it. */
function look(code: string): readonly boolean[] {
  const seen: boolean[] = [];
  const rule: Rule.RuleModule = {
    create: (context) => ({
      'CallExpression[callee.name="look"]'(node: ESTree.SimpleCallExpression) { seen.push(fileModel(context).clientData.isFromClient(node.arguments[0])); },
    }),
  };
  const messages = new Linter().verify(code, [{ files: ['**'], languageOptions: { parser }, plugins: { test: { rules: { look: rule } } }, rules: { 'test/look': 'error' } }], { filename: 'a.ts' });
  expect(messages).toEqual([]);
  return seen;
}

test.each([
  ['members of a request', 'app.get("/", (req, res) => { look(req.query.n); look(req.method); look(res.query); });', [true, false, false]],
  ['a handler whose parameters have other names', 'app.get("/", (a, b) => { look(a.query.n); look(b.query.n); });', [true, false]],
  ['a router of another file', 'import { app } from "./app.js"; app.get("/", (a, b) => { look(a.query.n); });', [true]],
  ['no router', 'cache.get("/x", (a) => { look(a.query.n); }); axios.get("/x", (a) => { look(a.query.n); });', [false, false]],
  ['destructured parameters', 'app.get("/", ({ params: { id }, body, log }, res) => { look(id); look(body.x[0].y); look(log.level); });', [true, true, false]],
  ['destructured variables', 'app.get("/", (req, res) => { const { ids, n: m = 1 } = req.body; look(ids); look(m); });', [true, true]],
  ['decorated parameters', 'class C { @Post() f(@Body() dto: D, @Param("id") id: string, other: string) { look(dto.a); look(id); look(other); } }', [true, true, false]],
  ['decorators of another name', 'import { Body as Sent } from "@nestjs/common"; import * as nest from "@nestjs/common"; class C { f(@Sent() dto: D, @nest.Param("id") id: string) { look(dto.a); look(id); } }', [true, true]],
  ['methods of contexts', 'import { Hono } from "hono"; new Hono().post("/", async (c) => { const b = await c.req.json(); look(b.ids); look(c.req.param("id")); look(c.get("user")); });', [true, true, true]],
  ['a Request', 'export async function POST(request: Request, { params }: P) { const { ids } = await request.json(); look(ids); look(params.id); }', [true, true]],
  ['a URL', 'export async function GET(request: Request) { const u = new URL(request.url); look(u.searchParams.get("n")); look(u.pathname); look(new URL("/x", base).pathname); }', [true, true, false]],
  ['an event', 'export const handler = async (event) => { look(JSON.parse(event.body).n); look(event.queryStringParameters.n); };', [true, true]],
  ['a job', 'import { Worker } from "bullmq"; new Worker("q", async (job) => { look(job.data.n); look(job.opts.n); });', [true, false]],
  ['a procedure', 'publicProcedure.query(({ input, ctx }) => { look(input.n); look(ctx.db); });', [true, false]],
  ['helpers that are called with it', 'function work(n) { look(n); } function other(n) { look(n); } app.get("/", (req, res) => { work(Number(req.query.n)); other(5); });', [true, false]],
  ['helpers that call each other', 'function f(n) { g(n); } function g(n) { f(n); look(n); }', [false]],
  ['elements', 'app.post("/", (req, res) => { for (const i of req.body.items) look(i.x); req.body.items.map((y) => look(y)); });', [true, true]],
  ['what passes it on', 'app.get("/", (req, res) => { look(+req.query.n); look(`${req.url}`); look(req.url.split("?")[0]); look(req.query.a ?? 1); });', [true, true, true, true]],
  ['what bounds it', 'app.get("/", (req, res) => { look(Math.min(req.query.n, 5)); look(normalise(req.url)); look(req.url.split("/")[1]); });', [false, false, false]],
] as const)('%s', (_, code, expected) => {
  expect(look(code)).toEqual(expected);
});
