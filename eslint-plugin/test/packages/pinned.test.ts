import { join } from 'node:path';

import { expect, test } from 'vitest';

import { judgedReports } from './judged.js';
import { pinnedPackages } from './pinned.js';
import { codeFiles, lintedFile, publishedPackage } from './published.js';

const MAX_REPORTS_PER_KLOC = 0.05;
const MIN_TRUE = 0.8;

test('the recommended rules report on well-kept packages what was judged, and nothing else', async () => {
  const reports: string[] = [];
  let kiloLines = 0;
  for (const { name, version, folder } of pinnedPackages) {
    const root = await publishedPackage(name, version);
    for (const path of codeFiles(join(root, folder))) {
      const linted = lintedFile(root, path, 'recommended');
      kiloLines += (linted?.lines ?? 0) / 1000;
      reports.push(...(linted?.reports ?? []).map(({ file, line, rule }) => `${name} ${file}:${line} ${rule}`));
    }
  }
  console.log(`pinned packages: ${reports.length} reports on ${kiloLines.toFixed(0)} kLOC, ${(reports.length / kiloLines).toFixed(3)} per kLOC`);
  expect(reports.sort()).toEqual(judgedReports.map(({ report }) => report).sort());
  expect(kiloLines).toBeGreaterThan(183);
  expect(reports.length / kiloLines).toBeLessThanOrEqual(MAX_REPORTS_PER_KLOC);
});

test('what is reported there is true, mostly', () => {
  const trueCount = judgedReports.filter(({ isTrue }) => isTrue).length;
  expect(judgedReports.every(({ why }) => why.length > 0)).toBe(true);
  expect(trueCount / judgedReports.length).toBeGreaterThanOrEqual(MIN_TRUE);
});
