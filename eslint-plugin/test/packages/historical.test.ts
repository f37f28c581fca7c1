import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { blindBugs, historicalBugs, lastBugs, fourthBugs, fifthBugs, sixthBugs, type HistoricalBug } from './historical.js';
import { lintedFile, publishedPackage, type Report } from './published.js';

async function reportsOf({ name, rule }: HistoricalBug, version: string, file: string): Promise<readonly Report[]> {
  const root = await publishedPackage(name, version);
  const linted = lintedFile(root, join(root, file), 'all');
  return (linted?.reports ?? []).filter((report) => report.rule === rule);
}

describe.each([...historicalBugs, ...blindBugs, ...lastBugs, ...fourthBugs, ...fifthBugs, ...sixthBugs])('$source', (bug) => {
  test(bug.missed === undefined ? 'is reported where it was' : `is not seen: ${bug.missed}`, async () => {
    const lines = (await reportsOf(bug, bug.before, bug.file)).map(({ line }) => line);
    expect(lines.includes(bug.line)).toBe(bug.missed === undefined);
  });

  test('is not reported any more where it was mended', async () => {
    expect((await reportsOf(bug, bug.after, bug.afterFile ?? bug.file)).map(({ line }) => line)).toEqual(bug.left ?? []);
  });
});
