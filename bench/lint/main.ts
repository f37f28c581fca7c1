import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildEslintPlugin } from '../../scripts/build-eslint-plugin.js';
import { median } from '../median.js';
import { temporaryFolder } from '../temporary-folder.js';
import { CONTESTANTS, PEERS } from './contestants.mjs';

/**
 * What the rules cost: CPU (user and system) of linting real code, in interleaved rounds, as a ratio to parsing it alone.
 * `npm run bench:lint -- --check` exits 1 when a target is missed.
 */
const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const MAX_RATIO = 1.15;
const MAX_RULE_MS_PER_KLOC = 1;
/** The cost of a line in a file of 50,000 of them, against one of 1,500. */
const MAX_GROWTH = 1.5;
const GROWTH_LINES = [1500, 6000, 25_000, 50_000];

/** Real code that is installed here anyway, in the versions of the lock file. */
const CODE = ['fastify/lib', 'undici/lib', 'pino/lib', 'avvio', 'find-my-way', 'light-my-request', '@fastify', 'eslint/lib', 'pacote/lib', '@npmcli'];

interface SourceFile {
  readonly filename: string;
  readonly text: string;
}

interface Run {
  readonly cpuMs: number;
  readonly reportCount: number;
  readonly times: Readonly<Record<string, number>>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const peersFolder = join(root, '.cache/bench-lint');

const inputPath = join(temporaryFolder(), 'files.json');

await buildEslintPlugin();
const hasPeers = installPeers();
const files = CODE.flatMap((folder) => [...sourceFiles(join(root, 'node_modules', folder))]);
const kiloLines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0) / 1000;
console.log(`${files.length} files, ${kiloLines.toFixed(1)} kLOC, ${ROUNDS} rounds; CPU of user and system, median, against parsing in the same round`);

const misses = [compareContestants(), compareRules(), compareSizes()].flat();
for (const miss of misses) console.log(`MISSED: ${miss}`);
if (misses.length > 0 && process.argv.includes('--check')) process.exitCode = 1;

function compareContestants(): string[] {
  const names = hasPeers ? CONTESTANTS : CONTESTANTS.filter((name) => name === 'parsing alone' || name.startsWith('hcnode'));
  const rounds = Array.from({ length: ROUNDS }, () => new Map(names.map((name) => [name, run(name, files)])));
  let ownRatio = Number.NaN;
  for (const name of names) {
    const ratio = median(rounds.map((round) => (round.get(name)?.cpuMs ?? 0) / (round.get('parsing alone')?.cpuMs ?? 1)));
    const cpuMs = median(rounds.map((round) => round.get(name)?.cpuMs ?? 0));
    if (name === 'hcnode, all rules') ownRatio = ratio;
    console.log(`${name.padEnd(30)} ${ratio.toFixed(3)} x  ${(cpuMs / kiloLines).toFixed(2)} ms/kLOC  ${rounds[0]?.get(name)?.reportCount ?? 0} reports`);
  }
  return ownRatio <= MAX_RATIO ? [] : [`all rules take ${ownRatio.toFixed(3)} x parsing, target ${MAX_RATIO}`];
}

/** The rule that runs first pays for the model that all share. */
function compareRules(): string[] {
  const runs = Array.from({ length: ROUNDS }, () => run('hcnode, all rules', files, 'timed'));
  const costs = Object.keys(runs[0]?.times ?? {}).map((rule) => ({ rule, msPerKloc: median(runs.map(({ times }) => times[rule] ?? 0)) / kiloLines }));
  costs.sort((one, other) => other.msPerKloc - one.msPerKloc);
  for (const { rule, msPerKloc } of costs) console.log(`  ${rule.padEnd(48)} ${msPerKloc.toFixed(3)} ms/kLOC`);
  const [, ...withoutModel] = costs;
  return withoutModel.filter(({ msPerKloc }) => msPerKloc > MAX_RULE_MS_PER_KLOC).map(({ rule, msPerKloc }) => `${rule} takes ${msPerKloc.toFixed(2)} ms/kLOC, target ${MAX_RULE_MS_PER_KLOC}`);
}

/** Real files one after another in functions of their own, as bundlers put them. */
function compareSizes(): string[] {
  const perLine = GROWTH_LINES.map((lineCount) => {
    const text = bundleOf(lineCount);
    const lines = text.split('\n').length;
    const same = Array.from({ length: 2 }, () => ({ filename: 'bundle.js', text }));
    const samples = Array.from({ length: ROUNDS }, () => run('hcnode, all rules', same).cpuMs / 2 / lines);
    const cost = 1000 * median(samples);
    console.log(`  a file of ${String(lines).padStart(6)} lines  ${cost.toFixed(2)} ms/kLOC`);
    return cost;
  });
  const growth = (perLine.at(-1) ?? 0) / (perLine[0] ?? 1);
  return growth <= MAX_GROWTH ? [] : [`a line of a long file costs ${growth.toFixed(2)} x one of a short file, target ${MAX_GROWTH}`];
}

function bundleOf(lineCount: number): string {
  const parts: string[] = [];
  let lines = 0;
  for (let at = 0; lines < lineCount; at = (at + 1) % files.length) {
    const { text } = files[at] ?? { text: '' };
    if (/^(import|export) |^#!/m.test(text)) continue;
    parts.push(`(function () {\n${text}\n})();`);
    lines += text.split('\n').length + 2;
  }
  return parts.join('\n');
}

function run(name: string, over: readonly SourceFile[], isTimed = ''): Run {
  writeFileSync(inputPath, JSON.stringify(over));
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), name, peersFolder, inputPath, isTimed], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${name} ended with ${status ?? 'a signal'}: ${stderr}`);
  return JSON.parse(stdout) as Run; // As run.mjs prints it.
}

function* sourceFiles(folder: string): Generator<SourceFile> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* sourceFiles(path);
    else if (/\.[cm]?js$/.test(entry.name) && !/\.min\.js$/.test(entry.name)) yield { filename: path.slice(join(root, 'node_modules/').length), text: readFileSync(path, 'utf8') };
  }
}

/** Into a folder that Git ignores, once. Without them only our own rules are measured, which is said. */
function installPeers(): boolean {
  if (existsSync(join(peersFolder, 'node_modules/eslint-plugin-sonarjs'))) return true;
  mkdirSync(peersFolder, { recursive: true });
  writeFileSync(join(peersFolder, 'package.json'), '{ "private": true }\n');
  console.log('installing what is compared with into .cache/bench-lint, once');
  try {
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', ...PEERS], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    return true;
  } catch (error) {
    console.log(`other plugins cannot be installed (${error instanceof Error ? error.message.split('\n')[0] : String(error)}): measured without them`);
    return false;
  }
}
