import autocannon from 'autocannon';

import { startService, waitUntil } from './support/service.js';

// `npm run load [-- url seconds connections]` drives the service at `url`, or one that it starts itself; exits 1 when requests failed.
const [givenUrl, seconds = '10', connections = '50'] = process.argv.slice(2);

const service = givenUrl === undefined ? await startService({ LOG_LEVEL: 'warn', WORKERS: 'auto' }, 'dist/main.js') : undefined;
if (service) await waitUntil(async () => (await fetch(`${service.adminUrl}/readyz`)).ok, 'the service is ready');
const url = givenUrl ?? service?.url ?? '';

const result = await autocannon({ url, duration: Number(seconds), connections: Number(connections) });
service?.kill('SIGTERM');
await service?.exit;

const failed = result.errors + result.timeouts + result.non2xx;
console.log(`${url}: ${result.requests.total} requests in ${result.duration} s over ${result.connections} connections`);
console.log(`  per second  ${Math.round(result.requests.average)}`);
console.log(`  latency ms  p50 ${result.latency.p50}  p90 ${result.latency.p90}  p99 ${result.latency.p99}  max ${result.latency.max}`);
console.log(`  failed      ${failed} (${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} answers other than 2xx)`);
process.exitCode = failed > 0 || result.requests.total === 0 ? 1 : 0;
