import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-client-per-request.js';

const APP = "import express from 'express'; import pg from 'pg'; import { createClient } from 'redis'; import { PrismaClient } from '@prisma/client'; const app = express(); ";
const get = (body: string): string => `${APP}app.get('/', async (req, res) => { ${body} });`;

new RuleTester({ languageOptions: { parser } }).run('no-client-per-request', rule, {
  valid: [
    `${APP}const pool = new pg.Pool(); app.get('/', async (req, res) => { res.json(await pool.query('x')); });`,
    `${APP}let pool; const db = () => (pool ??= new pg.Pool()); app.get('/', async (req, res) => { res.json(await db().query('x')); });`,
    `${APP}const shared = globalThis as any; function db() { if (!shared.prisma) shared.prisma = new PrismaClient(); return shared.prisma; } app.get('/', async (req, res) => { res.json(await db().user.findMany()); });`,
    // What is called the first time only, with all that it calls.
    `${APP}let client; const redis = () => (client ??= connect()); async function connect() { const made = createClient(); await made.connect(); return made; } app.get('/', async (req, res) => { res.end(await (await redis()).get('x')); });`,
    `${APP}let client; const redis = () => (client ??= (async () => { const made = createClient(); await made.connect(); return made; })()); app.get('/', async (req, res) => { res.end(await (await redis()).get('x')); });`,
    `${APP}const pools = new Map(); async function poolOf(tenant) { const known = await pools.get(tenant); if (known) return known; const pool = new pg.Pool(); pools.set(tenant, pool); return pool; } app.get('/', async (req, res) => { await poolOf(req.params.tenant); });`,
    "import axios from 'axios'; class Backend { static #only; static get() { if (!Backend.#only) Backend.#only = new Backend(); return Backend.#only; } constructor() { this.http = axios.create(); } } export const status = async (req, res) => res.json(await Backend.get().http.get('/'));",
    "import { Pool } from './swimming.js'; import express from 'express'; express().get('/', (req, res) => { res.json(new Pool()); });",
    { code: get("const pool = new pg.Pool(); res.json(await pool.query('x'));"), options: [{ allow: ['Pool'] }] },
  ],
  invalid: [
    { code: get("const pool = new pg.Pool(); res.json(await pool.query('x'));"), errors: [{ message: /^This client is made for every request \(reached from app\.get at line 1\): connections of its own/ }] },
    { code: get('res.json(await new PrismaClient().user.findMany());'), errors: [{ messageId: 'made' }] },
    { code: `${APP}const connect = async () => { const made = createClient(); await made.connect(); return made; }; app.get('/', async (req, res) => { res.end(await (await connect()).get('x')); });`, errors: [{ message: /via connect\)/ }] },
    // Reached another way too, it is made for each request after all.
    { code: `${APP}let client; app.get('/', () => (client ??= connect())); app.post('/', () => connect()); function connect() { return createClient(); }`, errors: [{ message: /app\.post .* via connect/ }] },
    { code: "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const handler = async (event) => { const client = new DynamoDBClient({}); return client.send(event); };", errors: [{ messageId: 'made' }] },
    { code: "import { Processor, WorkerHost } from '@nestjs/bullmq'; import { S3Client } from '@aws-sdk/client-s3'; @Processor('a') class Files extends WorkerHost { async process(job) { await new S3Client({}).send(job.data); } }", errors: [{ message: /every job .*WorkerHost\.process/ }] },
    { code: "import https from 'node:https'; import http from 'node:http'; http.createServer((req, res) => { https.get(req.url, { agent: new https.Agent() }, (answer) => answer.pipe(res)); });", errors: [{ messageId: 'made' }] },
  ],
});
