// Tells Prometheus about nginx: statuses, durations and cache results, from the access log, which nginx sends here line by line (syslog over
// UDP, see logging.conf), and connections, from its status page. Runs beside nginx: node exporter.mjs
/* global AbortSignal, fetch */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import process from 'node:process';

const { LOG_PORT = '5514', METRICS_PORT = '9113', METRICS_HOST = '127.0.0.1', STATUS_URL = 'http://127.0.0.1:8081/nginx-status' } = process.env;
const STATUS_TIMEOUT_MS = 2000;

const BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CACHE_RESULTS = new Set(['hit', 'miss', 'stale', 'updating', 'expired', 'revalidated', 'bypass']);

/** What alerts ask for is there from the start: a series that begins with its first failure has not risen. */
const responses = new Map([[200, 0], [500, 0], [502, 0], [503, 0], [504, 0]]);
const cacheResults = new Map();
const buckets = BUCKETS_SECONDS.map(() => 0);
let requestCount = 0;
let secondsSum = 0;
let upstreamFailures = 0;
let unreadable = 0;

const logs = createSocket('udp4', (line) => {
  try {
    count(JSON.parse(line.toString().slice(line.indexOf('{'))));
  } catch {
    // Not JSON: a line that was cut, or somebody else's.
    unreadable += 1;
  }
});
logs.bind(Number(LOG_PORT), '127.0.0.1');

const server = createServer((request, response) => {
  if (request.url !== '/metrics') return response.writeHead(404).end();
  return readStatus().then((status) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(render(status)));
});
server.listen(Number(METRICS_PORT), METRICS_HOST);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    logs.close();
    server.close();
    server.closeAllConnections();
  });
}

function count({ status, request_seconds: seconds, cache, upstream_header_seconds: headerSeconds }) {
  if (!Number.isInteger(status) || status < 0 || status > 999 || !Number.isFinite(seconds)) throw new TypeError('not a line of our access log');
  add(responses, status);
  if (CACHE_RESULTS.has(String(cache).toLowerCase())) add(cacheResults, String(cache).toLowerCase());
  // The last try decides. When no answer came, there is no time to its first byte: "-" in the place of a number.
  if ((status === 502 || status === 504) && String(headerSeconds).endsWith('-')) upstreamFailures += 1;
  requestCount += 1;
  secondsSum += seconds;
  for (const [index, bound] of BUCKETS_SECONDS.entries()) if (seconds <= bound) buckets[index] += 1;
}

function add(counters, key) {
  counters.set(key, (counters.get(key) ?? 0) + 1);
}

/** nginx's counters, or undefined when it does not answer. */
async function readStatus() {
  try {
    const text = await (await fetch(STATUS_URL, { signal: AbortSignal.timeout(STATUS_TIMEOUT_MS) })).text();
    const [, active, accepted, handled, reading, writing, waiting] =
      /Active connections: (\d+)[^]*?(\d+) (\d+) \d+[^]*?Reading: (\d+) Writing: (\d+) Waiting: (\d+)/.exec(text) ?? [];
    return active === undefined ? undefined : { dropped: accepted - handled, states: { active, reading, writing, waiting } };
  } catch {
    // Not there: nginx_up says so.
    return undefined;
  }
}

function render(status) {
  return [
    family('nginx_up', 'gauge', '1 when nginx answered on its status page', [['', status ? 1 : 0]]),
    family('nginx_connections', 'gauge', 'Connections of clients by state', Object.entries(status?.states ?? {}).map(([state, value]) => [`{state="${state}"}`, value])),
    family('nginx_connections_dropped_total', 'counter', 'Connections accepted and not handled', status ? [['', status.dropped]] : []),
    family('nginx_responses_total', 'counter', 'Requests answered, by the status that the client saw', [...responses].map(([code, value]) => [`{status="${code}"}`, value])),
    family('nginx_upstream_failures_total', 'counter', 'Requests to which the service gave no answer', [['', upstreamFailures]]),
    family('nginx_cache_requests_total', 'counter', 'Requests by what the cache had', [...cacheResults].map(([result, value]) => [`{result="${result}"}`, value])),
    family('nginx_request_duration_seconds', 'histogram', 'Time from the first byte of the client to the last byte sent to it', [
      ...BUCKETS_SECONDS.map((bound, index) => [`_bucket{le="${bound}"}`, buckets[index]]),
      ['_bucket{le="+Inf"}', requestCount],
      ['_sum', secondsSum],
      ['_count', requestCount],
    ]),
    family('nginx_log_lines_unreadable_total', 'counter', 'Lines of the access log that could not be read', [['', unreadable]]),
  ].join('');
}

function family(name, type, help, samples) {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map(([suffix, value]) => `${name}${suffix} ${value}\n`).join('')}`;
}
