// One run of one contestant in a process of its own: run.mjs NAME PEERS_FOLDER FILES [timed], where FILES is JSON. Prints JSON.
import { readFileSync } from 'node:fs';

import { Linter } from 'eslint';

import { configsOf } from './contestants.mjs';

/** So much is linted first, unmeasured: rules are compiled by then. */
const WARM_UP_FILES = 40;

const [name, folder, filesPath, isTimed] = process.argv.slice(2);
const configs = await configsOf(name, folder);
const files = JSON.parse(readFileSync(filesPath, 'utf8'));
const linter = new Linter();
const times = {};

function lint(text, filename) {
  const language = { files: ['**/*'], languageOptions: { ecmaVersion: 'latest', sourceType: /^(import|export) /m.test(text) ? 'module' : 'commonjs' } };
  // Comments for other linters would turn rules off, or ask for rules that are not there.
  const config = [language, ...configs.map((one) => ({ files: ['**/*'], ...one })), { linterOptions: { noInlineConfig: true } }];
  // Only this way does ESLint keep the times of rules.
  const messages = isTimed ? linter.verifyAndFix(text, config, { filename, fix: false, stats: true }).messages : linter.verify(text, config, { filename });
  return messages.filter(({ ruleId }) => ruleId !== null).length;
}

for (const { text, filename } of files.slice(0, WARM_UP_FILES)) lint(text, filename);
const before = process.cpuUsage();
let reportCount = 0;
for (const { text, filename } of files) {
  reportCount += lint(text, filename);
  if (!isTimed) continue;
  for (const { rules = {} } of linter.getTimes()?.passes ?? []) {
    for (const [rule, { total }] of Object.entries(rules)) times[rule] = (times[rule] ?? 0) + total;
  }
}
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, reportCount, times }));
