// @ts-nocheck
import express, { Router } from 'express';
import Fastify from 'fastify';
import Koa from 'koa';
import { Hono } from 'hono';
import http from 'node:http';
import * as crypto from 'node:crypto';
import { pbkdf2Sync, scryptSync as derive, randomFillSync } from 'node:crypto';
import bcrypt from 'bcrypt';
import { compareSync } from 'bcryptjs';

const { generateKeyPairSync } = require('crypto');
const nodeCrypto = require('node:crypto');

export const users = Router();
users.post('/login', async (req, res) => {
  const { password, salt } = req.body;
  const digest = pbkdf2Sync(password, salt, 210_000, 64, 'sha512'); // BAD
  res.json({ ok: digest.equals(await find(req.body.name)) });
});

users.route('/keys').post(issueKey);
function issueKey(req, res) {
  const pair = generateKeyPairSync('rsa', { modulusLength: 4096 }); // BAD
  res.type('pem').send(pair.publicKey.export({ type: 'spki', format: 'pem' }));
}

const fastify = Fastify({ logger: true });
fastify.route({
  method: 'POST',
  url: '/sessions',
  preHandler: async (request) => { request.proof = derive(request.body.secret, 'pepper', 32); }, // BAD
  handler: async () => ({}),
});
fastify.register(async function api(instance, options) {
  instance.get('/prime', () => nodeCrypto.generatePrimeSync(2048).toString()); // BAD
});

const koa = new Koa();
koa.use(async (ctx, next) => {
  await next();
  ctx.set('x-proof', hashOf(ctx.body));
});
const hashOf = (text) => crypto.scryptSync(text, 'salt', 64).toString('hex'); // BAD

const hono = new Hono();
hono.post('/register', async (c) => {
  const { password } = await c.req.json();
  return c.json({ hash: bcrypt.hashSync(password, 12) }); // BAD
});

class Accounts {
  #rounds = 100_000;
  constructor(app) {
    app.post('/accounts', this.create);
    app.post('/accounts/verify', (req, res) => this.verify(req, res));
  }
  create = (req, res) => { res.json({ key: this.stretch(req.body.password) }); };
  stretch(password) { return crypto.pbkdf2Sync(password, 'fixed', this.#rounds, 32, 'sha256'); } // BAD
  verify(req, res) { res.json(compareSync(req.body.password, req.user.hash)); } // BAD
}
new Accounts(express());

http.createServer((request, response) => {
  if (request.url === '/noise') response.end(crypto.randomBytes(1 << 20)); // BAD
  else response.end();
});

const guard = (role) => (req, res, next) => {
  req.key = crypto['scryptSync'](req.headers.authorization ?? '', role, 32); // BAD
  next();
};
express().use(guard('admin'));

const hashing = { password(text) { return crypto.pbkdf2Sync(text, 's', 1e5, 64, 'sha1'); } }; // BAD
express().put('/password', (req, res) => res.end(hashing.password(req.body.password)));

express().get('/fill', (_req, res) => { const bytes = Buffer.alloc(1_000_000); res.end(randomFillSync(bytes)); }); // BAD
