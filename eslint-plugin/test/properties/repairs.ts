import type { Linter } from 'eslint';
import { transformSync } from 'esbuild';

import { parsed } from './parse.js';
import { reportsOf, samples } from './samples.js';

export interface Repair {
  readonly name: string;
  readonly report: Linter.LintMessage;
  readonly before: string;
  readonly after: string;
}

/** What all fixes and suggestions of all reports make of the samples. */
export function* repairs(): Generator<Repair> {
  for (const { name, code } of samples) {
    for (const report of reportsOf(code)) {
      for (const { text, range: [start, end] } of [report.fix, ...(report.suggestions ?? []).map(({ fix }) => fix)].filter((fix) => fix !== undefined)) {
        yield { name: `${name}, line ${report.line}: ${report.ruleId ?? ''}`, report, before: code, after: code.slice(0, start) + text + code.slice(end) };
      }
    }
  }
}

/** What a repair did wrong, in words; undefined if nothing. */
export function faultOf({ report: { ruleId }, before, after }: Repair): string | undefined {
  const fatal = reportsOf(after).find((report) => report.fatal === true);
  if (fatal !== undefined) return `cannot be parsed: ${fatal.message}`;
  const syntax = syntaxError(after);
  if (syntax !== undefined && syntaxError(before) === undefined) return `cannot be compiled: ${syntax}`;
  const names = unknownNames(after).filter((name) => !unknownNames(before).includes(name) && !(name in globalThis));
  if (names.length > 0) return `nothing declares ${names.join(', ')}`;
  if (countOf(ruleId, after) >= countOf(ruleId, before)) return 'is reported as before';
  const more = reportsOf(after).map((report) => report.ruleId).find((other) => countOf(other, after) > countOf(other, before));
  return more === undefined ? undefined : `brings a report of ${more ?? ''}`;
}

const countOf = (rule: string | null, code: string): number => reportsOf(code).filter(({ ruleId }) => ruleId === rule).length;

/** Also what parsers leave to the engine: names that are declared twice, `await` where it may not stand. */
function syntaxError(code: string): string | undefined {
  try {
    transformSync(code, { loader: 'ts', logLevel: 'silent' });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function unknownNames(code: string): readonly string[] {
  return (parsed(code).scopes[0]?.through ?? []).map(({ identifier }) => ('name' in identifier ? identifier.name : ''));
}
