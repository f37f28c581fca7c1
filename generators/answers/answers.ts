import type { Project } from '../../templates/project.js';
import { portFaults } from './check-ports.js';
import { questionKeys, questionOf, type QuestionKey } from './questions.js';
import { readAnswer, type AnswerValue } from './read-answer.js';

/** Answers so far: read, but perhaps not all. */
export type Answers = ReadonlyMap<QuestionKey, AnswerValue>;

/** Raw answers by question, with how the user would know each: `--port`, or `port in answers.json`. */
export type RawAnswers = ReadonlyMap<QuestionKey, { readonly raw: unknown; readonly said: string }>;

/** Reads what was given. Every fault is reported, not only the first. */
export function readAnswers(given: RawAnswers): { readonly answers: Answers; readonly faults: readonly string[] } {
  const answers = new Map<QuestionKey, AnswerValue>();
  const faults: string[] = [];
  for (const [key, { raw, said }] of given) {
    const outcome = readAnswer(questionOf(key), raw);
    if ('fault' in outcome) faults.push(`${said} ${outcome.fault}`);
    else answers.set(key, outcome.value);
  }
  return { answers, faults };
}

/**
 * Fills in the defaults and checks the answers against each other.
 * @param found the defaults that depend on where we run: the folder's name, the package manager.
 */
export function completeAnswers(answers: Answers, found: { readonly name: string; readonly packageManager: Project['packageManager'] }): {
  readonly project: Project;
  readonly faults: readonly string[];
} {
  const defaults = new Map<QuestionKey, AnswerValue>(Object.entries(found).map(([key, value]) => [key as keyof typeof found, value]));
  const complete = questionKeys.map((key) => [key, answers.get(key) ?? defaults.get(key) ?? questionOf(key).default]);
  // Each value was read by its question, and the table of questions has the keys of Project, checked by the compiler.
  const project = Object.fromEntries(complete) as Project;
  return { project, faults: portFaults(project) };
}
