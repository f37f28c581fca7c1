import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-sync-crypto-in-handler.js';

const APP = "import express from 'express'; import crypto, { scryptSync as derive } from 'node:crypto'; import { promisify } from 'node:util'; const app = express(); ";

new RuleTester({ languageOptions: { parser } }).run('no-sync-crypto-in-handler', rule, {
  valid: [
    `${APP}const key = crypto.scryptSync('boot', 's', 32); app.get('/', (req, res) => res.end(key));`,
    `${APP}let key; const keyOf = () => { if (!key) { key = derive('boot', 's', 32); } return key; }; app.get('/', (req, res) => res.end(keyOf()));`,
    `${APP}class Vault { #key; constructor(secret) { this.#key = derive(secret, 's', 32); } open() { return this.#key; } } const vault = new Vault('x'); app.get('/', (req, res) => res.end(vault.open()));`,
    `${APP}app.post('/', (req, res) => res.json(crypto.timingSafeEqual(a, b)));`,
    `${APP}app.post('/', (req, res) => res.end(crypto.randomBytes(16)));`,
    `${APP}app.post('/', (req, res) => crypto.randomBytes(1048576, (error, bytes) => res.end(bytes)));`,
    `${APP}const scrypt = promisify(crypto.scrypt); app.get('/', async (req, res) => res.end(await scrypt('a', 'b', 3)));`,
    "import { parentPort } from 'node:worker_threads'; import { pbkdf2Sync } from 'node:crypto'; import { createServer } from 'node:http'; createServer((req, res) => res.end(pbkdf2Sync('a', 'b', 1, 1, 'sha1')));",
    "import bcrypt from 'bcryptjs'; export const seed = () => bcrypt.hashSync('secret', 10);",
  ],
  invalid: [
    { code: `${APP}app.post('/', (req, res) => res.end(crypto.pbkdf2Sync(req.body.p, 's', 1e5, 64, 'sha512')));`, errors: [{ message: /^'pbkdf2Sync' .*Reached from app\.post at line 1\./ }] },
    { code: `${APP}const hash = (p) => derive(p, 's', 64); app.post('/', (req, res) => res.end(hash(req.body.p)));`, errors: [{ message: /scryptSync.*via hash\./ }] },
    { code: "const bcrypt = require('bcryptjs'); export const login = (req, res) => { res.json(bcrypt.compareSync(req.body.p, hash)); };", errors: [{ message: /compareSync.*\(req, res\) function/ }] },
    { code: `${APP}app.post('/', (req, res) => res.end(crypto.randomBytes(1048576)));`, errors: [{ message: /randomBytes/ }] },
    { code: "const { Strategy: LocalStrategy } = require('passport-local'); const bcrypt = require('bcrypt'); passport.use(new LocalStrategy((name, password, done) => done(null, bcrypt.compareSync(password, hash))));", languageOptions: { sourceType: 'commonjs' }, errors: [{ message: /passport-local#Strategy/ }] },
    { code: "import { PassportStrategy } from '@nestjs/passport'; import { Strategy } from 'passport-local'; import { compareSync } from 'bcrypt'; export class Local extends PassportStrategy(Strategy) { validate(name, password) { return compareSync(password, this.hash); } }", errors: [{ message: /PassportStrategy\.validate/ }] },
  ],
});
