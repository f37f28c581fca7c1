// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import crypto, { pbkdf2Sync, timingSafeEqual, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import bcrypt from 'bcrypt';
import * as vault from './vault.js';
import { scryptSync } from './our-own-crypto.js';

const app = express();
const pbkdf2 = promisify(crypto.pbkdf2);
const masterKey = crypto.scryptSync(process.env.SECRET ?? '', 'salt', 32); // OK
app.locals.pair = crypto.generateKeyPairSync('ed25519'); // OK

app.post('/login', async (req, res) => {
  const digest = await pbkdf2(req.body.password, 'salt', 1e5, 64, 'sha512'); // OK
  res.json(timingSafeEqual(digest, masterKey)); // OK
});
app.post('/hash', async (req, res) => { res.end(await bcrypt.hash(req.body.password, 10)); }); // OK
app.get('/id', (req, res) => { res.end(randomUUID() + crypto.randomBytes(16).toString('hex')); }); // OK
app.get('/sum', (req, res) => { res.end(crypto.createHash('sha256').update(req.url).digest('hex')); }); // OK
app.post('/vault', (req, res) => { res.json(vault.scryptSync(req.body)); }); // OK
app.post('/own', (req, res) => { res.json(scryptSync(req.body.x)); }); // OK

export function seedKeys(file) { return pbkdf2Sync(file, 'seed', 1e6, 64, 'sha512'); } // OK
if (process.argv[2] === 'keys') console.log(crypto.generateKeyPairSync('rsa', { modulusLength: 4096 })); // OK

let cached;
app.get('/public-key', (req, res) => {
  cached ??= crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }); // OK
  res.send(cached.publicKey);
});

const fastify = Fastify();
fastify.addHook('onReady', async () => { fastify.key = crypto.scryptSync('boot', 'salt', 64); }); // OK
fastify.decorate('derived', crypto.pbkdf2Sync('a', 'b', 1, 1, 'sha1')); // OK
fastify.get('/async', (request, reply) => { crypto.scrypt(request.query.p, 's', 64, (error, key) => reply.send(key)); }); // OK

const settings = new Map();
settings.get('key', () => crypto.scryptSync('a', 'b', 32)); // OK
