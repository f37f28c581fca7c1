// @ts-nocheck
import express from 'express';
import { execSync, spawnSync as run } from 'node:child_process';
import child from 'child_process';
import spawn from 'cross-spawn';
import { execaSync } from 'execa';
import Fastify from 'fastify';
import { Hono } from 'hono';
import http2 from 'node:http2';
import { initTRPC } from '@trpc/server';
import amqp from 'amqplib';

const app = express();
app.get('/git', (req, res) => { res.end(execSync('git log -1')); }); // BAD
app.post('/thumbnail', (req, res) => {
  const { status } = run('convert', [req.body.file, 'out.png']); // BAD
  res.sendStatus(status === 0 ? 200 : 500);
});
app.all('/ping/:host', ping);
async function ping(req, res) {
  try {
    res.end(child.execFileSync('ping', ['-c', '1', req.params.host])); // BAD
  } catch (error) { res.status(500).end(String(error)); }
}
app.get('/uname', (req, res) => { res.send(spawn.sync('uname').stdout); }); // BAD
app.get('/who', (req, res) => { const { stdout } = execaSync('who'); res.send(stdout); }); // BAD

const fastify = Fastify();
fastify.get('/disk', { schema: {} }, function disk() { return diskUse(); });
function diskUse() { return parse(child['execSync']('df -k')); } // BAD
fastify.setErrorHandler((error, request, reply) => { child.execSync(`logger ${error.code}`); reply.send(); }); // BAD

const hono = new Hono().get('/date', (c) => c.text(child.execSync('date').toString())); // BAD

http2.createSecureServer({}).on('stream', (stream) => { stream.end(child.spawnSync('ls').stdout); }); // BAD

const t = initTRPC.create();
export const router = t.router({ load: t.procedure.query(() => child.execSync('uptime').toString()) }); // BAD

const channel = await (await amqp.connect('amqp://a')).createChannel();
channel.consume('jobs', (message) => { child.execFileSync('job', [message.content.toString()]); }); // BAD

const tools = { async version() { return child.execFileSync('node', ['--version']).toString(); } }; // BAD
app.get('/version', async (req, res) => res.send(await tools.version()));
