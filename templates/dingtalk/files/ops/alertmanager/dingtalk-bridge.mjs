// Takes Alertmanager's webhook and tells a DingTalk robot, which wants its own JSON and a signature. No dependency: node dingtalk-bridge.mjs
//
//   DINGTALK_URL_FILE      file with the robot's URL, access token and all
//   DINGTALK_SECRET_FILE   file with the secret of its signature (SEC...); without one, messages are not signed
//   DINGTALK_MOBILES       phone numbers to mention, with commas between them
//   HOST, PORT             where Alertmanager finds the bridge: 127.0.0.1, 8060
//   DINGTALK_TIMEOUT_MS    how long an answer of DingTalk is waited for: 5000
/* global AbortSignal, fetch, URL */
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

/** DingTalk takes some 20 000 bytes; the rest is for the frame around the text. */
const MAX_TEXT_BYTES = 18_000;
const MAX_BODY_BYTES = 1_048_576;
/** EX_CONFIG: starting it again would not help. */
const EXIT_CONFIG = 78;

const { HOST = '127.0.0.1', PORT = '8060', DINGTALK_URL_FILE, DINGTALK_SECRET_FILE, DINGTALK_MOBILES = '', DINGTALK_TIMEOUT_MS = '5000' } = process.env;
const robotUrl = readRobotUrl();
const secret = DINGTALK_SECRET_FILE ? readSecret('DINGTALK_SECRET_FILE', DINGTALK_SECRET_FILE) : '';
const mobiles = DINGTALK_MOBILES.split(',').filter(Boolean);

const server = createServer((request, response) => {
  const answer = (status, text) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
  if (request.method === 'GET' && request.url === '/livez') return answer(200, 'ok');
  if (request.method !== 'POST' || request.url !== '/alerts') return answer(404, 'POST /alerts');
  return void forward(request).then(
    () => answer(200, 'sent'),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      answer(error.status ?? 503, error.message);
    },
  );
});
server.listen(Number(PORT), HOST);
process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});

/** Resolves once DingTalk has taken the message. Alertmanager tries again after 503, and never after 400. */
async function forward(request) {
  const notification = parseNotification(await readBody(request));
  const reply = await fetch(signed(robotUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toMessage(notification)),
    signal: AbortSignal.timeout(Number(DINGTALK_TIMEOUT_MS)),
  }).catch((error) => fail(503, `DingTalk cannot be reached: ${error.name}`));
  // It answers 200 even when it refuses: what counts is errcode. 130101 is "too many messages", 310000 a wrong signature.
  const result = await reply.json().catch(() => ({}));
  if (!reply.ok || result.errcode !== 0) fail(503, `DingTalk refuses: HTTP ${reply.status}, errcode ${result.errcode}, ${result.errmsg}`);
}

async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) fail(413, 'too large for a notification');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseNotification(body) {
  let notification;
  try {
    notification = JSON.parse(body);
  } catch {
    fail(400, 'not JSON');
  }
  if (!Array.isArray(notification?.alerts)) fail(400, 'not a notification of Alertmanager: it has no alerts');
  return notification;
}

/** DingTalk's signature: HMAC-SHA256 of time and secret, in the query, good for an hour. */
function signed(url) {
  if (secret === '') return url;
  const timestamp = Date.now();
  const target = new URL(url);
  target.searchParams.set('timestamp', String(timestamp));
  target.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
  return target;
}

function toMessage({ alerts, status, groupLabels, truncatedAlerts = 0 }) {
  const firing = alerts.filter((alert) => alert.status === 'firing');
  const title = `[${status === 'firing' ? `FIRING ${firing.length}` : 'RESOLVED'}] ${groupLabels?.job ?? ''} ${groupLabels?.alertname ?? 'alerts'}`;
  // Whoever is mentioned must stand in the text, too.
  const mentions = mobiles.map((mobile) => `@${mobile}`).join(' ');
  const pieces = [`### ${plain(title)}`];
  let left = truncatedAlerts;
  let bytes = Buffer.byteLength(pieces[0]) + Buffer.byteLength(mentions);
  for (const alert of [...firing, ...alerts.filter((each) => each.status !== 'firing')]) {
    const piece = describe(alert);
    bytes += Buffer.byteLength(piece) + 2;
    if (bytes > MAX_TEXT_BYTES) left += 1;
    else pieces.push(piece);
  }
  if (left > 0) pieces.push(`... and ${left} more`);
  if (mentions !== '') pieces.push(mentions);
  return { msgtype: 'markdown', markdown: { title, text: pieces.join('\n\n') }, at: { atMobiles: mobiles, isAtAll: false } };
}

function describe({ status, labels = {}, annotations = {}, startsAt }) {
  const head = `#### ${status === 'resolved' ? 'resolved: ' : ''}[${plain(labels.severity)}] ${plain(annotations.summary ?? labels.alertname)}`;
  const where = Object.entries(labels).filter(([label]) => !['alertname', 'severity', 'job'].includes(label)).map(([label, value]) => `${plain(label)}=${plain(value)}`);
  return [head, plain(annotations.description), `> ${[`since ${plain(startsAt)}`, ...where].join(', ')}`, `What to do: ${plain(annotations.runbook_url)}`].join('\n\n');
}

/** Labels come from anywhere: they must not become links, pictures or headings. */
function plain(value) {
  return String(value ?? '').slice(0, 2000).replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[\\`*_[\]<>#!]/g, '\\$&');
}

function fail(status, message) {
  throw Object.assign(new Error(message), { status });
}

function readRobotUrl() {
  if (!DINGTALK_URL_FILE) return stop('DINGTALK_URL_FILE is not set');
  const text = readSecret('DINGTALK_URL_FILE', DINGTALK_URL_FILE);
  return URL.canParse(text) ? text : stop(`DINGTALK_URL_FILE: ${DINGTALK_URL_FILE} holds no URL`);
}

function readSecret(variable, path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    return stop(`${variable}: ${error.message}`);
  }
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(EXIT_CONFIG);
}
