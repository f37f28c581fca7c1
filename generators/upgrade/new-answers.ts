import type { Project } from '../../templates/project.js';
import { completeAnswers, readAnswers, type RawAnswers } from '../answers/answers.js';
import { questionKeys, type QuestionKey } from '../answers/questions.js';
import type { AnswerValue } from '../answers/read-answer.js';
import { Stop } from '../cli/stop.js';
import { askOpen, type Ask } from '../create/ask.js';
import { compareVersions } from './compare-versions.js';
import { readRecordedAnswers } from './recorded-answers.js';
import type { Release } from './release.js';
import type { Remembered } from './remembered.js';

export interface NewAnswers {
  readonly project: Project;
  /** Answers that are others now, or new, as lines for a person. */
  readonly changes: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The answers of the upgraded project: those recorded, as migrations have them now; the flags win; new questions are asked, or take their defaults.
 * @throws {Stop} for flags that will not do, and for recorded answers that will not
 */
export async function findAnswers(remembered: Remembered, release: Release, given: RawAnswers, ask: Ask | undefined): Promise<NewAnswers> {
  const flags = readAnswers(given);
  if (flags.faults.length > 0) throw new Stop('usage', flags.faults);
  const recorded = readRecordedAnswers(migrated(remembered, release));
  const faults = recorded.faults.filter((fault) => ![...flags.answers.keys()].some((key) => fault.startsWith(`"${key}" `)));
  if (faults.length > 0) throw new Stop('refused', [...faults, 'Give it as a flag, as in: create-hcnode upgrade --port 3000']);

  const known = new Map<QuestionKey, AnswerValue>([...recorded.answers, ...flags.answers]);
  const name = known.get('name');
  if (typeof name !== 'string') throw new Stop('refused', ['.hcnode.json does not say how the service is called', 'Give it as a flag: create-hcnode upgrade --name my-service']);
  const answers = ask === undefined ? known : await askOpen(known, name, ask);
  const completed = completeAnswers(answers, { name, packageManager: 'npm' });
  if (completed.faults.length > 0) throw new Stop('usage', completed.faults);
  return {
    project: completed.project,
    changes: questionKeys.flatMap((key) => describeChange(key, recorded.answers.get(key), completed.project[key])),
    warnings: recorded.unknown.map((key) => `this version has no question ${JSON.stringify(key)}; its answer in .hcnode.json is dropped`),
  };
}

function migrated({ version, answers }: Remembered, { migrations }: Release): ReadonlyMap<string, unknown> {
  const since = migrations.filter((migration) => version === undefined || compareVersions(migration.version, version) > 0);
  return since.reduce((current, migration) => migration.answers?.(current) ?? current, answers);
}

function describeChange(key: QuestionKey, before: AnswerValue | undefined, after: AnswerValue): readonly string[] {
  if (before === undefined) return [`${key}: ${inWords(after)} (new)`];
  return inWords(before) === inWords(after) ? [] : [`${key}: ${inWords(before)} -> ${inWords(after)}`];
}

const inWords = (value: AnswerValue): string => (typeof value === 'object' ? value.join(',') || 'none' : String(value));
