import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { median } from './median.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * What the command line costs: CPU time above that of `node -e 0`, side by side, since both rise and fall with what else runs here.
 * `npm run bench:cli -- --check` exits 1 when a target is missed.
 */
const ROUNDS = 15;
const bin = fileURLToPath(new URL('../dist/create-hcnode.js', import.meta.url));

const commands = {
  '--help': { parameters: ['--help'], targetMs: 50 },
  'whole scaffold, without install and git': { parameters: ['made', '--yes', '--no-install', '--no-git'], targetMs: 250 },
} as const;

spawnSync('npm', ['run', '--silent', 'build'], { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' });
let hasMissed = false;
const folder = temporaryFolder();
for (const [name, { parameters, targetMs }] of Object.entries(commands)) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    rmSync(join(folder, 'made'), { recursive: true, force: true });
    const floorMs = cpuMs(['-e', '0'], folder);
    return { floorMs, aboveMs: cpuMs([bin, ...parameters], folder) - floorMs };
  });
  const aboveMs = median(rounds.map((round) => round.aboveMs));
  const floorMs = median(rounds.map((round) => round.floorMs));
  hasMissed ||= aboveMs > targetMs;
  console.log(`${name}: ${aboveMs.toFixed(0)} ms above the ${floorMs.toFixed(0)} ms of Node.js itself (target: ${targetMs})`);
}

/** An upgrade of a whole service, in runs of `node -e 0`. The port goes to and fro, so that each upgrade has something to do. */
const MAX_UPGRADE_RATIO = 15;
const ratios = Array.from({ length: ROUNDS }, (_, round) => {
  const floorMs = cpuMs(['-e', '0'], folder);
  return cpuMs([bin, 'upgrade', 'made', '--port', String(4000 + (round % 2))], folder) / floorMs;
});
hasMissed ||= median(ratios) > MAX_UPGRADE_RATIO;
console.log(`upgrade of a whole service: ${median(ratios).toFixed(1)} times node -e 0 (target: ${MAX_UPGRADE_RATIO})`);
if (hasMissed && process.argv.includes('--check')) process.exitCode = 1;

/** User and system time of one run, in ms. */
function cpuMs(parameters: readonly string[], cwd: string): number {
  const timed = ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" > /dev/null', process.execPath, ...parameters];
  const { status, stderr } = spawnSync('bash', timed, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${parameters.join(' ')} ended with ${status ?? 'a signal'}: ${stderr}`);
  const [userSeconds, systemSeconds] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return 1000 * ((userSeconds ?? 0) + (systemSeconds ?? 0));
}
