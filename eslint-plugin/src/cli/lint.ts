import { relative, sep } from 'node:path';

import type { ESLint, Linter } from 'eslint';

import { listen, type Listeners, type ReportFacts } from '../report-facts.js';
import { fingerprint } from './fingerprint.js';
import type { Findings, Report, UnreadableFile } from './report.js';

/**
 * Runs ESLint and puts what our rules know of each report beside what ESLint says.
 *
 * @param cwd what file names are made relative to
 * @param onFile is told of every file before its rules run
 */
export async function lint(eslint: ESLint, paths: readonly string[], cwd: string, onFile: Listeners['onFile']): Promise<Findings> {
  const facts = new Map<string, ReportFacts>();
  const stop = listen({ onFile, onReport: (filename, fact) => { facts.set(keyOf(filename, `hcnode/${fact.ruleId}`, fact.line, fact.column), fact); } });
  const results = await eslint.lintFiles([...paths]).finally(stop);
  const named = results.map((result) => ({ ...result, name: relative(cwd, result.filePath).split(sep).join('/') }));
  return {
    files: named.map(({ name }) => name),
    unreadable: named.flatMap(({ name, messages }) => messages.filter(({ fatal }) => fatal === true).map((message): UnreadableFile => ({ file: name, line: message.line, message: message.message }))),
    reports: named.flatMap(({ name, filePath, messages }) =>
      messages.filter(({ ruleId }) => ruleId?.startsWith('hcnode/')).map((message) => reportOf(name, message, facts.get(keyOf(filePath, message.ruleId ?? '', message.line, message.column)))),
    ),
  };
}

function keyOf(filename: string, ruleId: string, line: number, column: number): string {
  return JSON.stringify([filename, ruleId, line, column]);
}

function reportOf(file: string, { ruleId, line, column, endLine, endColumn, severity, message }: Linter.LintMessage, facts: ReportFacts | undefined): Report {
  const rule = (ruleId ?? '').slice('hcnode/'.length);
  return {
    file,
    line,
    column,
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
    rule,
    severity: severity === 2 ? 'error' : 'warning',
    message,
    ...(facts?.per !== undefined && { per: facts.per }),
    ...(facts?.costMs !== undefined && { costMs: facts.costMs }),
    ...(facts?.costBytes !== undefined && { costBytes: facts.costBytes }),
    fingerprint: fingerprint([rule, file, facts?.scope ?? '', facts?.snippet ?? message]),
  };
}
