import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-unread-response-body.js';

new RuleTester({ languageOptions: { parser } }).run('no-unread-response-body', rule, {
  valid: [
    'export async function f(u) { const r = await fetch(u); return r.json(); }',
    'export async function f(u) { const r = await fetch(u); const text = await r.text(); if (!r.ok) throw new Error(text); return JSON.parse(text); }',
    'export async function f(u) { const r = await fetch(u); if (!r.ok) { await r.body?.cancel(); throw new Error("x"); } return r.json(); }',
    'export async function f(u) { const r = await fetch(u); if (r.status === 204) return null; return r.json(); }',
    'export async function f(u) { const r = await fetch(u, { method: "HEAD" }); return r.ok; }',
    'export async function f(u) { const r = await fetch(u); return check(r); }',
    'export async function f(u) { const r = await fetch(u); if (!r.ok) throw new HttpError(r); return r.json(); }',
    'export async function f(u) { try { const r = await fetch(u); return await r.json(); } catch (e) { return null; } }',
    'export async function f(u) { let r; try { r = await fetch(u); } catch (e) { throw new Error("down"); } return r.json(); }',
    'export async function f(u) { const r = await fetch(u); for await (const chunk of r.body) use(chunk); }',
    'export async function f(u) { return fetch(u); }',
    'export const f = (u) => fetch(u).then((r) => (r.ok ? r.json() : Promise.reject(new Error("x"))));',
    'export async function f(u) { const { data } = await axios.get(u); return data; }',
    'export async function f(u, fetch) { const r = await fetch(u); return r.ok; }',
    'import { request } from "undici"; export async function f(u) { const { body, statusCode } = await request(u); if (statusCode !== 200) { await body.dump(); throw new Error("x"); } return body.json(); }',
    'import { request } from "undici"; export async function f(u) { const { body, ...rest } = await request(u); for await (const c of body) use(c, rest); }',
    'const r = await fetch("https://example.com"); console.log(r.status);',
    // Either way it is read.
    'export async function f(u) { const r = await fetch(u); const body = r.ok ? await r.json() : await r.text(); return body; }',
    'export async function f(u) { const r = await fetch(u); switch (r.status) { case 200: return r.json(); default: throw new Error(await r.text()); } }',
    // Node's own client.
    'import https from "node:https"; export function f(u, cb) { https.get(u, (res) => { if (res.statusCode !== 200) { res.resume(); return cb(new Error("x")); } res.pipe(out); }); }',
    'import https from "node:https"; export function f(u, cb) { https.get(u, (res) => { collect(res, cb); }); }',
    'import http from "node:http"; export function f(u, cb) { http.get(u, async (res) => { for await (const part of res) use(part); cb(); }); }',
    'import http from "node:http"; export function f(cb) { http.request({ method: "HEAD", host: "a" }, (res) => cb(res.statusCode)).end(); }',
    'import http from "node:http"; export function f(u, cb) { const req = http.get(u, (res) => { req.destroy(); cb(res.statusCode); }); }',
    'import http from "node:http"; http.createServer((req, res) => { res.statusCode = 204; res.end(); });',
  ],
  invalid: [
    unread('import https from "node:https"; export function f(u, cb) { https.get(u, (res) => {\n if (res.statusCode !== 200) return cb(new Error("x")); res.on("data", use); res.on("end", cb); }); }', /when line 2 returns/,
      'import https from "node:https"; export function f(u, cb) { https.get(u, (res) => {\n if (res.statusCode !== 200) { res.resume(); return cb(new Error("x")); } res.on("data", use); res.on("end", cb); }); }'),
    unread('const http = require("http"); exports.ping = (u, cb) => http.get(u, (res) => { cb(res.statusCode); });', /at all/),
    unread('const http = require("http"); exports.ping = (u, cb) => http.get(u, (res) => { res.on("end", cb); });', /at all/),
    unread('const http = require("http"); exports.ping = (u, cb) => http.get(u, () => cb());', /at all/),
    unread('export async function f(u) { const r = await fetch(u);\n if (!r.ok) throw new Error("x"); return r.json(); }', /when line 2 throws/,
      'export async function f(u) { const r = await fetch(u);\n if (!r.ok) { await r.body?.cancel(); throw new Error("x"); } return r.json(); }'),
    unread('export async function f(u) { const r = await fetch(u); if (!r.ok) {\n  return null;\n} return r.json(); }', /when line 2 returns/,
      'export async function f(u) { const r = await fetch(u); if (!r.ok) {\n  await r.body?.cancel();\n  return null;\n} return r.json(); }'),
    unread('export async function f(u) { await fetch(u); }', /at all/),
    unread('export function f(u) { fetch(u); }', /at all/),
    unread('export async function f(u) { return (await fetch(u)).ok; }', /at all/),
    unread('export async function f(u) { const { ok } = await fetch(u); return ok; }', /at all/),
    unread('export async function f(u) { const r = await fetch(u); log(r.status); }', /at all/),
    unread('export async function f(u) { const r = await fetch(u); if (r.ok) { return r.json(); } log(r.status); }', /every way to the end/),
    unread('export const f = (u) => fetch(u).then((r) => { if (!r.ok)\n throw new Error("x"); return r.json(); });', /when line 2 throws/),
    unread('export const f = (u) => fetch(u).then((r) => r.ok);', /at all/),
    unread('import { request } from "undici"; export async function f(u) { const { statusCode, body } = await request(u); if (statusCode !== 200)\n throw new Error("x"); return body.json(); }', /when line 2 throws/,
      'import { request } from "undici"; export async function f(u) { const { statusCode, body } = await request(u); if (statusCode !== 200)\n { await body.dump(); throw new Error("x"); } return body.json(); }'),
    unread('import fetch from "node-fetch"; export async function f(u) { const r = await fetch(u); return r.status; }', /at all/, 'import fetch from "node-fetch"; export async function f(u) { const r = await fetch(u); await r.body?.cancel();\n'
      + ' '.repeat(87) + 'return r.status; }'),
  ],
});

function unread(code: string, message: RegExp, output?: string): RuleTester.InvalidTestCase {
  const error: RuleTester.TestCaseError = { message };
  return { code, errors: [output === undefined ? error : { ...error, suggestions: [{ messageId: 'cancel', output }] }] };
}
