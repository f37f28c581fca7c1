import { readFileSync } from 'node:fs';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

import plugin from '../../src/index.js';
import { caseFiles, casesFolder } from '../corpus/labels.js';

export interface Sample {
  readonly name: string;
  readonly code: string;
}

type Cases = Readonly<Record<string, { readonly invalid: readonly string[]; readonly valid: readonly string[] }>>;

const cases = JSON.parse(readFileSync(new URL('../specification/cases.json', import.meta.url), 'utf8')) as Cases;

/** All that rules were specified with: single statements, and files of many cases. */
export const samples: readonly Sample[] = [
  ...Object.entries(cases).flatMap(([rule, { invalid, valid }]) => [...invalid, ...valid].map((code, index) => ({ name: `${rule} ${index + 1}`, code }))),
  ...caseFiles.map((name) => ({ name, code: readFileSync(`${casesFolder}${name}`, 'utf8') })),
];

const linter = new Linter();
const config: readonly Linter.Config[] = [{ ...plugin.configs.all, files: ['**'], languageOptions: { parser } }];
const known = new Map<string, readonly Linter.LintMessage[]>();

/** What all rules say about some code. */
export function reportsOf(code: string): readonly Linter.LintMessage[] {
  const reports = known.get(code) ?? linter.verify(code, [...config], { filename: 'src/sample.ts' });
  known.set(code, reports);
  return reports;
}

/** Which rule reports which line, and how often. */
export function reportedLines(code: string): readonly string[] {
  return reportsOf(code).map(({ ruleId, line, fatal, message }) => `${line}: ${fatal === true ? message : ruleId ?? ''}`).sort();
}
