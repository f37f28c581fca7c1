import { parseArgs } from 'node:util';

import autocannon from 'autocannon';

import { faultsOf, type Measured, type Phase, type Profile, profiles } from './support/load-profiles.js';
import { startService, waitUntil } from './support/service.js';

const USAGE = `npm run load -- [${Object.keys(profiles).join(' | ')}] [--url URL] [--admin-url URL] [--seconds N] [--rate N]

Drives a service that it starts itself, or the one at --url, and holds what comes against the budgets in test/support/load-profiles.ts.
--seconds makes the whole profile as long as that. --rate asks so many requests a second over all connections; without it, as many as are answered. --admin-url is where a service at --url tells its memory.
Exit code: 0 within the budgets, 1 not, 2 for what cannot be asked.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = read();
  if (asked === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { profile, name, seconds, rate } = asked;
  const own = asked.url === undefined ? await startOwn() : undefined;
  const url = asked.url ?? own?.url ?? '';
  const adminUrl = asked.adminUrl ?? own?.adminUrl;
  const total = profile.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  console.log(`${name}: ${url}, ${seconds ?? total} s`);

  const faults: string[] = [];
  const memory: number[] = [];
  for (const phase of profile.phases) {
    faults.push(...faultsOf(phase, await drive(url, phase, { seconds: ((seconds ?? total) / total) * phase.seconds, rate })));
    if (adminUrl !== undefined) memory.push(await residentBytes(adminUrl));
  }
  faults.push(...memoryFaults(profile, memory));
  own?.kill('SIGTERM');
  const exitCode = await own?.exit;
  if (own && exitCode !== 0) faults.push(`the service ended with ${exitCode}`);

  for (const fault of faults) console.error(`OVER BUDGET  ${fault}`);
  if (faults.length === 0) console.log('within the budgets');
  return faults.length === 0 ? 0 : 1;
}

interface Asked {
  readonly name: string;
  readonly profile: Profile;
  readonly url: string | undefined;
  readonly adminUrl: string | undefined;
  readonly seconds: number | undefined;
  /** Requests a second, over all connections. */
  readonly rate: number | undefined;
}

/** What was asked for on the command line, or undefined when it makes no sense. Some package managers pass on the `--` that npm takes. */
function read(): Asked | undefined {
  try {
    const args = process.argv.slice(2).filter((word) => word !== '--');
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { url: { type: 'string' }, 'admin-url': { type: 'string' }, seconds: { type: 'string' }, rate: { type: 'string' } } });
    const [name = 'steady', ...others] = positionals;
    const profile = Object.entries<Profile>(profiles).find(([key]) => key === name)?.[1];
    const [seconds, rate] = [values.seconds, values.rate].map((text) => (text === undefined ? undefined : Number(text)));
    const areNumbersSound = [seconds, rate].every((number) => number === undefined || (Number.isInteger(number) && number >= 1));
    const areUrlsSound = [values.url, values['admin-url']].every((url) => url === undefined || URL.canParse(url));
    return profile && others.length === 0 && areNumbersSound && areUrlsSound ? { name, profile, url: values.url, adminUrl: values['admin-url'], seconds, rate } : undefined;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

async function startOwn(): Promise<Awaited<ReturnType<typeof startService>>> {
  const service = await startService({ LOG_LEVEL: 'warn', WORKERS: 'auto' }, 'dist/main.js');
  await waitUntil(async () => (await fetch(`${service.adminUrl}/readyz`)).ok, 'the service is ready');
  return service;
}

async function drive(url: string, { name, connections }: Phase, { seconds, rate }: { seconds: number; rate: number | undefined }): Promise<Measured> {
  const pace = rate === undefined ? {} : { overallRate: rate };
  const { requests, latency, errors, timeouts, statusCodeStats } = await autocannon({ url, connections, duration: Math.max(1, Math.round(seconds)), ...pace });
  const byStatus = Object.entries(statusCodeStats ?? {}).map(([status, { count = 0 }]) => ({ status: Number(status), count }));
  const refused = byStatus.find(({ status }) => status === 503)?.count ?? 0;
  const answeredBadly = byStatus.filter(({ status }) => status >= 400 && status !== 503).reduce((sum, { count }) => sum + count, 0);
  // autocannon counts timeouts among the errors too.
  const failed = answeredBadly + Math.max(errors, timeouts);
  console.log(`  ${name}: ${Math.round(requests.average)} requests a second over ${connections} connections; p50 ${latency.p50} ms, p90 ${latency.p90} ms, p99 ${latency.p99} ms; ${refused} refused, ${failed} failed`);
  return { requests: requests.total + errors, p99Ms: latency.p99, refused, failed };
}

/** Of primary and workers together. */
async function residentBytes(adminUrl: string): Promise<number> {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  return [...text.matchAll(/^process_resident_memory_bytes\{.*\} (\S+)$/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

function memoryFaults({ maxMemoryGrowth }: Profile, memory: readonly number[]): string[] {
  const [first, last] = [memory[0], memory.at(-1)];
  if (maxMemoryGrowth === undefined || first === undefined || last === undefined) return [];
  const growth = last / first;
  console.log(`  memory: ${Math.round(first / 1e6)} MB after the first phase, ${Math.round(last / 1e6)} MB after the last`);
  // Not a number either: no memory was told.
  return growth <= maxMemoryGrowth ? [] : [`memory grew ${growth.toFixed(2)}-fold, at most ${maxMemoryGrowth}-fold is allowed`];
}
