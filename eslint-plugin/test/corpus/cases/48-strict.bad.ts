// @ts-nocheck
import express from 'express';
import Fastify from 'fastify';
import Ajv from 'ajv';
import { Pool } from 'pg';
import Redis from 'ioredis';
import { MongoClient } from 'mongodb';
import { PrismaClient } from '@prisma/client';
import Handlebars from 'handlebars';
import mysql from 'mysql2/promise';
import { createClient } from 'redis';
import { EventEmitter, setMaxListeners, defaultMaxListeners } from 'node:events';

const app = express();
const ajv = new Ajv();
app.get('/a', async (req, res) => { const pool = new Pool(); res.json((await pool.query('select 1')).rows); }); // BAD
app.get('/b', async (req, res) => { const redis = new Redis(); res.end(await redis.get(req.query.key)); }); // BAD
app.get('/c', async (req, res) => { const client = new MongoClient('mongodb://x'); res.json(await client.db().collection('x').findOne()); }); // BAD
app.get('/d', async (req, res) => { res.json(await new PrismaClient().user.findMany()); }); // BAD
app.get('/e', async (req, res) => { const pool = mysql.createPool({ host: 'x' }); res.json(await pool.query('select 1')); }); // BAD
app.get('/f', async (req, res) => { const client = createClient(); await client.connect(); res.end(await client.get('x')); }); // BAD
app.post('/g', (req, res) => { const validate = ajv.compile({ type: 'object' }); res.json(validate(req.body)); }); // BAD
app.get('/h', (req, res) => { res.send(Handlebars.compile('<p>{{name}}</p>')(req.query)); }); // BAD
Fastify().post('/i', async (request) => { const own = new Ajv({ allErrors: true }); return own.validate({ type: 'string' }, request.body); }); // BAD
setInterval(async () => { await sync(); }, 1000); // BAD
export function begin() { return setInterval(() => collect().then(publish), 500); } // BAD
const emitter = new EventEmitter(); emitter.setMaxListeners(0); // BAD
process.setMaxListeners(Infinity); // BAD
setMaxListeners(0, emitter); // BAD
EventEmitter.defaultMaxListeners = 0; // BAD
