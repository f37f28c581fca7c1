// Tests the configuration of the programs around the service, each with the program itself. What is tested stands in checks.json.
// A program that is missing here is said so; with CI set it is a failure, because there nobody reads what was left out.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const checks = JSON.parse(readFileSync(new URL('checks.json', import.meta.url), 'utf8'));
let failed = 0;
let missed = 0;

for (const { name, program, arguments: parameters, needs = [] } of checks) {
  const missing = [program, ...needs].filter((needed) => !isInstalled(needed));
  if (missing.length > 0) {
    missed += 1;
    say(`MISSED  ${name}: ${missing.join(', ')} is not installed`);
    continue;
  }
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd: new URL('..', import.meta.url), encoding: 'utf8' });
  if (status === 0) {
    say(`ok      ${name}`);
    continue;
  }
  failed += 1;
  say(`FAILED  ${name}\n${stdout}${stderr}`);
}

say(`${checks.length - failed - missed} ok, ${failed} failed, ${missed} missed`);
if (failed > 0 || (missed > 0 && process.env.CI)) process.exitCode = 1;

function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: either way the search goes on.
    return false;
  }
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
