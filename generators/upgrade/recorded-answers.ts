import type { Project } from '../../templates/project.js';
import { completeAnswers, readAnswers, type Answers } from '../answers/answers.js';
import { questionKeys, type QuestionKey } from '../answers/questions.js';

/** Answers that stand in .hcnode.json, read like those that a user types: somebody may have edited it. */
export function readRecordedAnswers(recorded: ReadonlyMap<string, unknown>): {
  readonly answers: Answers;
  readonly faults: readonly string[];
  /** Recorded, and no question of this version. */
  readonly unknown: readonly string[];
  /** Undefined when one of them will not do. */
  readonly project: Project | undefined;
} {
  const keys = questionKeys.filter((key) => recorded.has(key));
  const raw = new Map<QuestionKey, { raw: unknown; said: string }>(keys.map((key) => [key, { raw: recorded.get(key), said: `"${key}" in .hcnode.json` }]));
  const { answers, faults } = readAnswers(raw);
  const name = answers.get('name');
  const completed = typeof name === 'string' ? completeAnswers(answers, { name, packageManager: 'npm' }) : undefined;
  const isSound = completed !== undefined && faults.length === 0 && completed.faults.length === 0;
  const known: readonly string[] = questionKeys;
  return { answers, faults, unknown: [...recorded.keys()].filter((key) => !known.includes(key)), project: isSound ? completed.project : undefined };
}
