import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-sync-fs-in-handler.js';

const APP = "import express from 'express'; import Fastify from 'fastify'; import http from 'node:http'; import * as fs from 'node:fs'; const app = express(); const fastify = Fastify(); ";

new RuleTester({ languageOptions: { parser } }).run('no-sync-fs-in-handler', rule, {
  valid: [
    "import fs from 'node:fs'; export function loadConfig() { return JSON.parse(fs.readFileSync('c.json', 'utf8')); }",
    `${APP}let config; const get = () => (config ??= JSON.parse(fs.readFileSync('c.json'))); app.get('/', (req, res) => res.json(get()));`,
    `${APP}let config; function get() { if (config) return config; config = fs.readFileSync('c.json'); return config; } app.get('/', (req, res) => res.json(get()));`,
    `${APP}const texts = new Map(); function textOf(name) { const hit = texts.get(name); if (hit) return hit; const text = fs.readFileSync(name); texts.set(name, text); return text; } app.get('/', (req, res) => res.json(textOf('x')));`,
    `${APP}let page; app.get('/', (req, res) => { page ??= load(); res.end(page); }); function load() { return fs.readFileSync('page.html'); }`,
    `${APP}app.get('setting', () => fs.readFileSync('x')); const cache = new Map(); cache.get('/k', () => fs.readFileSync('x'));`,
    `${APP}import { http as msw } from 'msw'; msw.get('/x', () => fs.readFileSync('x'));`,
    `${APP}fastify.addHook('onReady', async () => { fs.readFileSync('x'); });`,
    `${APP}app.listen(3000, () => { fs.writeFileSync('pid', String(process.pid)); });`,
    `${APP}cache.register(async (scope) => { scope.fetch('/', async () => fs.readFileSync('x')); });`,
    "import { vol } from 'memfs'; import express from 'express'; express().get('/', (req, res) => { res.end(vol.readFileSync('x')); });",
    // Not asked by a client: a file that is no map of resolvers.
    "import fs from 'node:fs'; setup({ resolvers: { Query: { changes: () => fs.readFileSync('x') } } });",
    { code: `${APP}app.get('/', (req, res) => res.json(fs.existsSync('x')));`, options: [{ allow: ['existsSync'] }] },
  ],
  invalid: [
    { code: `${APP}http.createServer().on('request', (req, res) => res.end(fs.statSync('x').size + ''));`, errors: [{ message: /statSync.*on 'request'/ }] },
    { code: "import fs from 'fs'; server.once('request', (req, res) => { res.end(fs.readFileSync('x')); });", errors: [{ messageId: 'blocks' }] },
    { code: `${APP}import fse from '@acme/shared/fs-extra'; app.get('/', (req, res) => { res.end(fse.readFileSync('x')); });`, errors: [{ messageId: 'blocks' }] },
    { code: `${APP}app.use((req, res, next) => { fs['writeFileSync']('x', 'y'); next(); });`, errors: [{ message: /writeFileSync/ }] },
    { code: `${APP}const { readFileSync: read } = fs; app.get('/', (req, res) => res.end(read('x')));`, errors: [{ message: /readFileSync/ }] },
    { code: `${APP}const load = () => helper(); const helper = () => fs.readFileSync('x'); app.get('/', (req, res) => res.end(load()));`, errors: [{ message: /via load -> helper/ }] },
    { code: "import fs from 'node:fs'; export default function routes(app) { app.get('/x', (req, res) => res.end(fs.readFileSync('x'))); }", errors: [{ message: /app\.get/ }] },
    { code: `${APP}app.route('/x').get((req, res) => res.end(fs.readFileSync('x')));`, errors: [{ messageId: 'blocks' }] },
    { code: `${APP}class Store { find() { return fs.readFileSync('x'); } } const store = new Store(); app.get('/', (req, res) => res.end(store.find()));`, errors: [{ message: /via find/ }] },
    { code: "import fs from 'node:fs'; class C { list(req, res) { res.end(this.read()); } read() { return fs.readFileSync('x'); } }", errors: [{ message: /via read/ }] },
    { code: "import fs from 'node:fs'; export const handler = (event) => fs.readFileSync('x');", errors: [{ message: /export handler/ }] },
    { code: `${APP}fastify.register((scope, options, done) => { scope.register((inner, _, ready) => { inner.get('/', () => fs.readFileSync('x')); ready(); }); done(); });`, errors: [{ message: /inner\.get/ }] },
    { code: `${APP}import fp from 'fastify-plugin'; export default fp(async (scope) => { scope.setErrorHandler((error, request, reply) => { fs.appendFileSync('x', error.message); }); });`, errors: [{ message: /setErrorHandler/ }] },
    { code: `${APP}fastify.route({ method: 'GET', url: '/', preHandler: [(request, reply, done) => { fs.existsSync('x'); done(); }], handler: async () => 1 });`, errors: [{ message: /existsSync/ }] },
    { code: "import { CanActivate as Guards } from '@nestjs/common'; import fs from 'fs'; class X implements Guards { canActivate() { return fs.existsSync('x'); } }", errors: [{ message: /CanActivate/ }] },
    { code: "import { WebSocketServer } from 'ws'; import fs from 'fs'; new WebSocketServer({ port: 1 }).on('connection', (socket) => { socket.on('message', () => fs.appendFileSync('log', 'x')); });", errors: [{ message: /on 'message'/ }] },
    { code: "import fs from 'fs'; import { ApolloServer } from '@apollo/server'; const resolvers = { Query: { changes: () => fs.readFileSync('x') }, Page: { text: { resolve: (page) => fs.readFileSync(page.file) } } }; new ApolloServer({ typeDefs, resolvers });", errors: [{ message: /resolver Query\.changes/ }, { message: /resolver Page\.text/ }] },
    { code: "import v8 from 'node:v8'; import http from 'node:http'; http.createServer((req, res) => { res.end(v8.writeHeapSnapshot()); });", errors: [{ message: /writeHeapSnapshot/ }] },
  ],
});
