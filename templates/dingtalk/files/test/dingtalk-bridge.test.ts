import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const SECRET = 'SECtest';
const BRIDGE = 'ops/alertmanager/dingtalk-bridge.mjs';

interface Message {
  readonly markdown: { readonly title: string; readonly text: string };
  readonly at: { readonly atMobiles: readonly string[] };
}

/** What the robot answers, and what it got. */
let robotAnswer: { status: number; body: string };
let received: { query: URLSearchParams; message: Message }[] = [];
let robot: Server;
let bridge: ChildProcess;
let bridgeUrl: string;
let folder: string;

before(async () => {
  robot = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => { body += text; });
    request.on('end', () => {
      received.push({ query: new URL(request.url ?? '', 'http://robot').searchParams, message: JSON.parse(body) as Message });
      response.writeHead(robotAnswer.status).end(robotAnswer.body);
    });
  });
  const robotPort = await listen(robot);
  folder = mkdtempSync(join(tmpdir(), 'dingtalk-'));
  writeFileSync(join(folder, 'url'), `http://127.0.0.1:${robotPort}/robot/send?access_token=t\n`);
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
  const port = await freePort();
  bridgeUrl = `http://127.0.0.1:${port}`;
  bridge = start({ PORT: String(port), DINGTALK_URL_FILE: join(folder, 'url'), DINGTALK_SECRET_FILE: join(folder, 'secret'), DINGTALK_MOBILES: '13800000000', DINGTALK_TIMEOUT_MS: '1000' });
  await untilLive();
});

beforeEach(() => {
  received = [];
  robotAnswer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
});

after(async () => {
  bridge.kill('SIGTERM');
  const [code] = (await once(bridge, 'exit')) as [number | null];
  robot.close();
  rmSync(folder, { recursive: true });
  assert.equal(code, 0, 'the bridge ends by itself when told to');
});

test('tells the robot, with a signature', async () => {
  assert.equal((await notify([alert('NoWorkers')])).status, 200);
  const [{ query, message }] = received as [(typeof received)[number]];
  const timestamp = query.get('timestamp') ?? '';
  assert.equal(query.get('access_token'), 't');
  assert.equal(query.get('sign'), createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64'));
  assert.ok(Math.abs(Date.now() - Number(timestamp)) < 60_000);
  assert.match(message.markdown.title, /^\[FIRING 1\] shop NoWorkers$/);
  assert.match(message.markdown.text, /10\.0\.0\.1:9464 has no ready worker/);
  assert.match(message.markdown.text, /docs\/runbook\.md/);
  assert.match(message.markdown.text, /@13800000000/);
  assert.deepEqual(message.at.atMobiles, ['13800000000']);
});

test('a hundred long alerts become one message that DingTalk takes, which says how many were left out', async () => {
  const many = Array.from({ length: 100 }, (_, index) => alert(`Alert${index}`, '警'.repeat(300)));
  assert.equal((await notify(many)).status, 200);
  const text = received[0]?.message.markdown.text ?? '';
  assert.ok(Buffer.byteLength(text) < 20_000, `${Buffer.byteLength(text)} bytes`);
  assert.match(text, /\.\.\. and \d+ more/);
});

test('text of labels does not become links or pictures', async () => {
  await notify([alert('NoWorkers', '![](http://evil) [here](http://evil)\n# heading')]);
  const text = received[0]?.message.markdown.text ?? '';
  assert.doesNotMatch(text, /(?<!\\)\[here/);
  assert.doesNotMatch(text, /(?<!\\)!/);
  assert.doesNotMatch(text, /\n# /);
});

for (const [why, answer] of [
  ['its errcode says no', { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' }],
  ['it has had too many messages', { status: 200, body: '{"errcode":130101,"errmsg":"send too fast"}' }],
  ['it fails', { status: 500, body: 'oops' }],
  ['it answers no JSON', { status: 200, body: '<html>' }],
] as const) {
  test(`answers 503 when ${why}, so that Alertmanager tries again`, async () => {
    robotAnswer = answer;
    assert.equal((await notify([alert('NoWorkers')])).status, 503);
  });
}

test('refuses what is no notification, once and for all', async () => {
  assert.equal((await fetch(`${bridgeUrl}/alerts`, { method: 'POST', body: 'no JSON' })).status, 400);
  assert.equal((await fetch(`${bridgeUrl}/alerts`, { method: 'POST', body: '{}' })).status, 400);
  assert.equal((await fetch(`${bridgeUrl}/other`, { method: 'POST', body: '{}' })).status, 404);
  assert.equal(received.length, 0);
});

test('does not start without the robot\'s URL', async () => {
  const broken = start({ PORT: '1', DINGTALK_URL_FILE: join(folder, 'missing') });
  const [code] = (await once(broken, 'exit')) as [number | null];
  assert.equal(code, 78);
});

function alert(alertname: string, description = 'Nobody answers requests.'): object {
  return {
    status: 'firing',
    labels: { alertname, severity: 'critical', job: 'shop', instance: '10.0.0.1:9464' },
    annotations: { summary: '10.0.0.1:9464 has no ready worker', description, runbook_url: 'docs/runbook.md#noworkers' },
    startsAt: '2025-01-01T00:00:00Z',
  };
}

async function notify(alerts: readonly object[]): Promise<Response> {
  const body = JSON.stringify({ status: 'firing', groupLabels: { alertname: 'NoWorkers', job: 'shop' }, alerts });
  return fetch(`${bridgeUrl}/alerts`, { method: 'POST', body });
}

function start(environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [BRIDGE], { env: environment, stdio: 'ignore' });
}

async function untilLive(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isLive = await fetch(`${bridgeUrl}/livez`).then(({ ok }) => ok, () => false);
    if (isLive) return;
    await sleep(50);
  }
  throw new Error('the bridge did not start');
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an object.
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
