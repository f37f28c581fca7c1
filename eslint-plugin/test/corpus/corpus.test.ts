import { readFileSync } from 'node:fs';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../../src/index.js';
import { caseFiles, casesFolder, labelledLines, rulesOfCases, type LabelledLine } from './labels.js';

/** The aims of the plugin for code that it was not written for; this is what its rules were written with. */
const MIN_RECALL = 0.95;
const MIN_SILENCE = 0.97;

const names = Object.keys(plugin.rules);
const reports = new Map(caseFiles.map((file) => [file, reportsOf(file)]));

function reportsOf(file: string): readonly Linter.LintMessage[] {
  return new Linter().verify(readFileSync(`${casesFolder}${file}`, 'utf8'), [{ ...plugin.configs.all, files: ['**'], languageOptions: { parser } }], { filename: file });
}

function isReported({ file, line }: LabelledLine, rules: readonly string[]): boolean {
  return (reports.get(file) ?? []).some((message) => message.line === line && rules.includes((message.ruleId ?? '').slice('hcnode/'.length)));
}

function shown(lines: readonly LabelledLine[]): string {
  return lines.map(({ file, line, text }) => `\n  ${file}:${line} ${text.trim()}`).join('');
}

/** The rules that have to report the cases of a file, as far as they are written. */
function rulesOf(file: string): readonly string[] {
  return rulesOfCases[file.slice(0, 2)] ?? [];
}

test('every case is about some rule', () => {
  expect(caseFiles.filter((file) => rulesOfCases[file.slice(0, 2)] === undefined)).toEqual([]);
  expect(Object.values(rulesOfCases).flat().filter((name) => !names.includes(name))).toEqual([]);
});

test('no case is taken for a fault of the language', () => {
  expect([...reports.values()].flat().filter(({ fatal }) => fatal)).toEqual([]);
});

test('bad lines are reported by the rule that they are about', () => {
  const bad = labelledLines.filter(({ file, label }) => label === 'BAD' && rulesOf(file).length > 0);
  const missed = bad.filter((line) => !isReported(line, rulesOf(line.file)));
  const recall = 1 - missed.length / bad.length;
  console.log(`corpus: recall ${(100 * recall).toFixed(1)} % of ${bad.length}${shown(missed)}`);
  expect(recall).toBeGreaterThanOrEqual(MIN_RECALL);
});

test('good lines are reported by no rule', () => {
  const good = labelledLines.filter(({ label }) => label === 'OK');
  const wronged = good.filter((line) => isReported(line, names));
  const silence = 1 - wronged.length / good.length;
  console.log(`corpus: silence ${(100 * silence).toFixed(1)} % of ${good.length}${shown(wronged)}`);
  expect(silence).toBeGreaterThanOrEqual(MIN_SILENCE);
});
