import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { UsageError } from './errors.js';
import type { Findings, Report } from './report.js';

interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

export interface Compared {
  /** What the baseline does not know. */
  readonly fresh: readonly Report[];
  /** How many entries of the baseline are no longer true. */
  readonly goneCount: number;
}

const VERSION = 1;

/**
 * Writes down the reports of today. What the baseline says of files that were not looked at now stays, if they still exist.
 *
 * @param path the baseline's file
 * @param folder what its file names are relative to
 * @returns how many entries it has
 * @throws UsageError if the file cannot be written, or is there and no baseline
 */
export function updateBaseline(path: string, folder: string, { reports, files }: Findings): number {
  const looked = new Set(files);
  const others = existsSync(path) ? readBaseline(path).filter(({ file }) => !looked.has(file) && existsSync(join(folder, file))) : [];
  const entries = [...others, ...reports.map(({ fingerprint, rule, file, message }) => ({ fingerprint, rule, file, message }))].sort(inOrder);
  try {
    writeFileSync(path, `${JSON.stringify({ version: VERSION, reports: entries }, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`The baseline cannot be written: ${(error as Error).message}`);
  }
  return entries.length;
}

/**
 * Tells new reports from those that the baseline knows. The same code twice in the same function needs two entries.
 *
 * @throws UsageError if there is no baseline or it cannot be understood
 */
export function compareWithBaseline(path: string, { reports, files }: Findings): Compared {
  const looked = new Set(files);
  const counts = new Map<string, number>();
  for (const { fingerprint, file } of readBaseline(path)) if (looked.has(file)) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  const fresh = reports.filter(({ fingerprint }) => {
    const count = counts.get(fingerprint) ?? 0;
    if (count > 0) counts.set(fingerprint, count - 1);
    return count === 0;
  });
  return { fresh, goneCount: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

function readBaseline(path: string): readonly Entry[] {
  const parsed = parse(path, read(path));
  const { version, reports } = isRecord(parsed) ? parsed : {};
  if (version !== VERSION || !Array.isArray(reports) || !reports.every(isEntry)) {
    throw new UsageError(`${path} is no baseline of this version of hcnode-lint. Make a new one: hcnode-lint --baseline update.`);
  }
  return reports;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(isMissing ? `There is no baseline ${path}. Make one: hcnode-lint --baseline update.` : `The baseline cannot be read: ${(error as Error).message}`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON (${(error as Error).message}): were two versions of it merged? Make a new one: hcnode-lint --baseline update.`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is Entry {
  return isRecord(value) && ['fingerprint', 'rule', 'file', 'message'].every((name) => typeof value[name] === 'string');
}

function inOrder(one: Entry, other: Entry): number {
  const [left, right] = [one, other].map(({ file, rule, fingerprint }) => `${file}\0${rule}\0${fingerprint}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
