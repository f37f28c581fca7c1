// @ts-nocheck
const express = require('express');
const fs = require('fs');
const fse = require('fs-extra');
const gracefulFs = require('graceful-fs');
const { existsSync, readFileSync: read } = require('node:fs');
const path = require('path');
const { WebSocketServer } = require('ws');
const { Server } = require('socket.io');
const v8 = require('node:v8');

const app = express();
module.exports.upload = function upload(req, res, next) {
  const target = path.join('uploads', req.params.name);
  if (fs.existsSync(target)) fs.unlinkSync(target); // BAD
  next();
};

app.get('/pages/:page', (req, res) => {
  const html = read(`pages/${req.params.page}.html`, 'utf8'); // BAD
  res.send(html);
});

app.get('/list', [authenticate, (req, res) => res.json(fs.readdirSync('data'))]); // BAD
function authenticate(req, res, next) {
  const tokens = JSON.parse(fs.readFileSync('tokens.json')); // BAD
  if (!tokens[req.get('authorization')]) return res.sendStatus(401);
  return next();
}

app.use((err, req, res, next) => {
  fs.appendFileSync('errors.log', `${err.stack}\n`); // BAD
  res.sendStatus(500);
});

const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (socket) => {
  socket.on('message', (data) => {
    fse.outputFileSync(`messages/${Date.now()}`, data); // BAD
  });
});

const io = new Server(3000);
io.of('/chat').on('connection', (socket) => {
  socket.on('history', (room, reply) => reply(loadHistory(room)));
});
const loadHistory = (room) => gracefulFs.readFileSync(`rooms/${room}.log`, 'utf8').split('\n'); // BAD

app.post('/heap', (req, res) => { res.end(v8.writeHeapSnapshot()); }); // BAD

const asyncHandler = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.delete('/cache', asyncHandler(async (req, res) => {
  fs.rmSync('cache', { recursive: true, force: true }); // BAD
  res.end();
}));

async function saveAvatar(user, body) {
  if (!existsSync('avatars')) { // BAD
    fs.mkdirSync('avatars'); // BAD
  }
  await fs.promises.writeFile(`avatars/${user}`, body);
}
app.post('/avatar', async (req, res) => { await saveAvatar(req.user.id, req.body); res.end(); });

app.get('/tree', (req, res) => {
  const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(path.join(folder, entry.name)) : [entry.name])); // BAD
  res.json(walk('docs'));
});

app.get('/many', async (req, res) => {
  const texts = req.query.names.map((name) => fs.readFileSync(name, 'utf8')); // BAD
  res.json(texts);
});
