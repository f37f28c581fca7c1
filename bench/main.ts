import { parseArgs } from 'node:util';
import { compareLightRoute, MAX_POOL_RATIO } from './light-route.js';
import { compareRequests, MAX_WORKER_RSS_MB, MAX_WORKER_RSS_RATIO, TARGETS } from './requests.js';
import type { Row } from './requests.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    /** Exit 1 when a target is missed. */
    check: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) throw new Error(`--rounds must be an integer from 1 to 100, got ${values.rounds}`);

const rows = await compareRequests(rounds);
console.log('\nGET / over kept connections; ratios to fastify in a cluster, round by round, medians (lower CPU and higher rate are better)');
console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, rounded(row)])));

const light = await compareLightRoute(Math.min(rounds, 5));
console.log('The light route beside four loops of 80 ms of CPU work (p99)');
console.table(rounded(light));

const missed = misses(rows);
if (light.poolRatio > MAX_POOL_RATIO) missed.push(`light route beside the thread pool: p99 ${light.poolRatio.toFixed(1)} times its idle one, target ${MAX_POOL_RATIO}`);
console.log(missed.length === 0 ? 'every target met' : `missed:\n${missed.map((line) => `  ${line}`).join('\n')}`);
process.exit(values.check && missed.length > 0 ? 1 : 0);

function misses(measured: readonly Row[]): string[] {
  return TARGETS.flatMap(({ name, maxCpuRatio }) => {
    const row = measured.find((candidate) => candidate.name === name);
    if (!row) return [`${name}: not measured`];
    return [
      ...(row.cpuRatio > maxCpuRatio ? [`${name}: CPU per request ${row.cpuRatio.toFixed(2)} times fastify's, target ${maxCpuRatio}`] : []),
      ...(row.workerRssMb > MAX_WORKER_RSS_MB && row.workerRssRatio > MAX_WORKER_RSS_RATIO
        ? [`${name}: ${row.workerRssMb.toFixed(0)} MB RSS per worker, ${row.workerRssRatio.toFixed(2)} times fastify's; target ${MAX_WORKER_RSS_MB} MB or ${MAX_WORKER_RSS_RATIO}`]
        : []),
      ...(row.failed > 0 ? [`${name}: ${row.failed} failed requests`] : []),
    ];
  });
}

function rounded(row: object): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Math.round(Number(value) * 100) / 100]));
}
