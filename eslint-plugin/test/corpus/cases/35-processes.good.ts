// @ts-nocheck
import express from 'express';
import child, { execSync } from 'node:child_process';
import { promisify } from 'node:util';
import { execa } from 'execa';
import db from './db.js';

const app = express();
const revision = execSync('git rev-parse HEAD').toString().trim(); // OK
const execFile = promisify(child.execFile);
app.get('/revision', (req, res) => res.send(revision)); // OK
app.get('/load', async (req, res) => res.send((await execFile('uptime')).stdout)); // OK
app.get('/execa', async (req, res) => { const { stdout } = await execa('uptime'); res.send(stdout); });
app.get('/db', (req, res) => res.json(db.execSync('select 1'))); // OK
app.get('/regexp', (req, res) => res.json(/a/.exec(req.url))); // OK
export function build() { child.spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }); } // OK
const cpuCount = () => Number(child.execSync('nproc')); // OK
app.set('cpus', cpuCount()); // OK
if (process.argv.includes('--setup')) child.execFileSync('setup.sh'); // OK
let host;
app.get('/host', (req, res) => { host ??= child.execSync('hostname').toString(); res.send(host); }); // OK
process.once('SIGTERM', () => { child.execSync('sync'); }); // OK
class Deployment { publish() { child.execSync('docker push'); } } // OK
new Deployment().publish();
app.listen(80, () => { child.execSync('notify started'); }); // OK
test('the route', () => { child.execSync('curl localhost'); }); // OK
