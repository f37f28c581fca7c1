import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-compile-in-handler.js';

const APP = "import express from 'express'; import Ajv from 'ajv'; import ejs from 'ejs'; import vm from 'node:vm'; const app = express(); ";
const get = (body: string): string => `${APP}app.get('/', (req, res) => { ${body} });`;

new RuleTester({ languageOptions: { parser } }).run('no-compile-in-handler', rule, {
  valid: [
    `${APP}const validate = new Ajv().compile(schema); app.post('/', (req, res) => { res.json(validate(req.body)); });`,
    `${APP}const validated = (schema) => { const validate = new Ajv().compile(schema); return (req, res, next) => { validate(req.body); next(); }; }; app.post('/', validated(order), (req, res) => res.end());`,
    `${APP}const templates = {}; const templateOf = async (name) => (templates[name] ??= ejs.compile(await read(name))); app.get('/', async (req, res) => { res.send((await templateOf('page'))({})); });`,
    `${APP}const texts = Object.create(null); function render(name) { const known = texts[name]; if (known) return known; return (texts[name] = ejs.compile(name)); } app.get('/', (req, res) => { res.send(render('page')()); });`,
    get("res.json(new RegExp('a+').test(req.url));"),
    get('res.json(new RegExp(RegExp.escape(req.query.q)).test(text));'),
    get('/a+/.exec(req.url); res.end();'),
    `${APP}const euros = new Intl.NumberFormat('de'); app.get('/', (req, res) => { res.end(euros.format(1)); });`,
  ],
  invalid: [
    { code: get('res.json(new Ajv().validate(schema, req.body));'), errors: [{ message: /^This validator is compiled|^This validator is made/ }] },
    { code: `${APP}const ajv = new Ajv(); app.post('/', (req, res) => { res.json(ajv.compile(req.body.schema)(req.body)); });`, errors: [{ message: /2,928/ }] },
    { code: `${APP}class Orders { ajv = new Ajv(); @Post() create(@Body() body) { return this.ajv.compile(schema)(body); } }`, errors: [{ message: /@Post .*2,928|2,928.*@Post/ }] },
    { code: get('res.json(new RegExp(req.query.x).test(text));'), errors: [{ message: /up to the client/ }] },
    { code: `${APP}const find = (part) => names.filter((name) => RegExp(part).test(name)); app.get('/', (req, res) => { const { x } = req.query; res.json(find(x)); });`, errors: [{ message: /via find/ }] },
    { code: "import { Server } from 'socket.io'; new Server(1).on('connection', (socket) => { socket.on('search', (term, reply) => { reply(names.filter((name) => new RegExp(`^${term}`).test(name))); }); });", errors: [{ message: /every message .*on 'search'/ }] },
    { code: get("res.end(new vm.Script('1').runInThisContext());"), errors: [{ messageId: 'made' }] },
    { code: get("res.json(rows.map((row) => new Function('row', 'return row.a')(row)));"), errors: [{ messageId: 'made' }] },
    // What is written out is no cache.
    { code: `${APP}const names = { a: 'page' }; app.get('/', (req, res) => { const name = names[req.query.kind]; if (!name) return; res.send(ejs.compile(name)()); });`, errors: [{ messageId: 'made' }] },
  ],
});
