// @ts-nocheck
const express = require('express');
const fs = require('fs');
const fsp = require('fs/promises');
const path = require('path');
const { isMainThread, parentPort } = require('worker_threads');
const storage = require('./storage');
const bundle = fs.readFileSync(path.join(__dirname, 'bundle.js')); // OK

const app = express();
app.get('/bundle.js', (req, res) => res.type('js').send(bundle)); // OK
app.get('/file', async (req, res) => res.send(await fsp.readFile('a'))); // OK
app.get('/cb', (req, res) => fs.readFile('a', (error, data) => res.send(data))); // OK
app.get('/store', (req, res) => res.json(storage.readSync(req.query.key))); // OK

function loadTemplates(folder) {
  return Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')])); // OK
}
const templates = loadTemplates('views');
app.get('/:view', (req, res) => res.send(templates[req.params.view]));

const parsed = new Map();
function template(name) {
  if (!parsed.has(name)) parsed.set(name, fs.readFileSync(name, 'utf8')); // OK
  return parsed.get(name);
}
app.get('/t/:name', (req, res) => res.send(template('layout.html')));

let version;
app.get('/version', (req, res) => {
  if (version === undefined) version = JSON.parse(fs.readFileSync('package.json', 'utf8')).version; // OK
  res.end(version);
});

app.listen(process.env.PORT, () => { fs.writeFileSync('app.pid', String(process.pid)); }); // OK
process.on('exit', () => { fs.unlinkSync('app.pid'); }); // OK
function migrate() { for (const file of fs.readdirSync('migrations')) console.log(file); } // OK
if (require.main === module) migrate();
if (!isMainThread) parentPort.on('message', (name) => parentPort.postMessage(fs.readFileSync(name))); // OK

class Config {
  static load(file) { return JSON.parse(fs.readFileSync(file, 'utf8')); } // OK
}
const config = Config.load('config.json');
app.get('/config', (req, res) => res.json(config.public));
const axios = require('axios');
axios.get('/x', { transform: () => fs.readFileSync('x') }); // OK
