import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';

/** `npm test` runs the first list, `npm run test:full` both. Each check stands for one test in the closing line. */
const checks = ['types', 'build', 'lint'];
const suites = ['--config vitest.config.ts', '--config test/deploy/vitest.config.ts --project deploy', '--config test/ops/vitest.config.ts', '--config test/chaos/vitest.config.ts --project chaos'];
const longSuites = ['--config eslint-plugin/test/full/vitest.config.ts', '--config test/deploy/vitest.config.ts --project deploy-full', '--config test/chaos/vitest.config.ts --project chaos-full'];

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The parts of vitest's JSON report that are read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { name: string; message: string; status: string; assertionResults: readonly { status: string; fullName: string; failureMessages?: readonly string[] }[] }[];
}

const isFull = process.argv.includes('--full');
// How often the properties of upgrades are tried with random projects.
process.env['UPGRADE_RUNS'] ??= isFull ? '1000' : '50';
const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
for (const check of checks) await timed(`npm run ${check}`, async () => runCheck(check));
for (const suite of isFull ? [...suites, ...longSuites] : suites) await timed(`vitest ${suite}`, async () => runSuite(suite));

const { passed, failed, skipped } = totals;
// Once more at the end: between a failure and here lie thousands of lines.
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(skipped > 0 ? `\n${skipped} tests were skipped: a tool is missing, or a test says why` : '');
console.log(`${passed} passed, ${failed} failed`);
// A skipped test proves nothing: on a developer's machine it is said, in CI it is a failure.
process.exitCode = failed > 0 || (skipped > 0 && process.env['CI'] !== undefined) ? 1 : 0;

async function timed(name: string, run: () => Promise<void>): Promise<void> {
  console.log(`\n=== ${name}`);
  const startedAtMs = performance.now();
  await run();
  console.log(`=== ${name}: ${Math.round((performance.now() - startedAtMs) / 1000)} s`);
}

async function runCheck(check: string): Promise<void> {
  const isGood = (await exitCode('npm', ['run', '--silent', check])) === 0;
  totals[isGood ? 'passed' : 'failed']++;
  if (!isGood) failures.push(`npm run ${check}`);
}

async function runSuite(suite: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-report-'));
  const file = join(folder, 'report.json');
  const code = await exitCode('npx', ['vitest', 'run', ...suite.split(' '), '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]);
  const report = readReport(file);
  rmSync(folder, { recursive: true });
  totals.passed += report?.numPassedTests ?? 0;
  totals.failed += report?.numFailedTests ?? 0;
  totals.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  // A file that does not even load, or a report that was never written, fails without a failed test.
  if (code !== 0 && (report?.numFailedTests ?? 0) === 0) totals.failed++;
  const failed = report?.testResults.filter(({ status }) => status === 'failed').map(failureOf) ?? [];
  if (code !== 0) failures.push(...(failed.length > 0 ? failed : [`vitest ${suite}: exit code ${code}`]));
}

/** The file, and of each failed test its name and the beginning of what it said. */
function failureOf({ name, message, assertionResults }: Report['testResults'][number]): string {
  const tests = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages }) => `\n  ${fullName}\n    ${(failureMessages?.join('\n') ?? '').slice(0, 1_000).replaceAll('\n', '\n    ')}`);
  return `${relative(process.cwd(), name)}${tests.length > 0 ? tests.join('') : `\n  ${message}`}`;
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report; // As vitest writes it.
  } catch {
    return undefined;
  }
}

async function exitCode(command: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(command, args, { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', () => { resolve(null); });
    child.once('close', resolve);
  });
}
