import { questionKeys, questionOf, type Question, type QuestionKey } from '../answers/questions.js';
import { readAnswer, type AnswerValue } from '../answers/read-answer.js';
import type { Answers } from '../answers/answers.js';
import { Stop } from '../cli/stop.js';

/** One question as every prompt library can show it. */
export interface Prompt {
  readonly key: QuestionKey | 'folder';
  readonly message: string;
  readonly kind: 'text' | 'choice' | 'subset';
  readonly default: AnswerValue;
  readonly choices: readonly string[];
  /** Why this answer will not do, or true. */
  readonly validate: (answer: unknown) => string | true;
}

/** Shows one prompt and returns what was answered. */
export type Ask = (prompt: Prompt) => Promise<unknown>;

/** The prompts for what has no answer yet. A question without a choice is none. */
function openPrompts(answers: Answers, defaultName: string): readonly Prompt[] {
  return questionKeys
    .filter((key) => !answers.has(key))
    .flatMap((key) => {
      const question = questionOf(key);
      return question.prompt === undefined ? [] : [{ ...describe(question), key, message: question.prompt, default: question.default ?? defaultName }];
    });
}

/** Asks them one after the other, and adds the answers to those that were there. */
export async function askOpen(answers: Answers, defaultName: string, ask: Ask): Promise<Answers> {
  const complete = new Map(answers);
  for (const prompt of openPrompts(answers, defaultName)) {
    if (prompt.key === 'folder') continue;
    const outcome = readAnswer(questionOf(prompt.key), await ask(prompt));
    if ('fault' in outcome) throw new Stop('usage', [`${prompt.message}: ${outcome.fault}`]);
    complete.set(prompt.key, outcome.value);
  }
  return complete;
}

function describe(question: Question): Pick<Prompt, 'kind' | 'choices' | 'validate'> {
  const kind = question.kind === 'choice' || question.kind === 'subset' ? question.kind : 'text';
  return {
    kind,
    choices: 'choices' in question ? question.choices : [],
    validate: (answer) => {
      const outcome = readAnswer(question, answer);
      return 'fault' in outcome ? outcome.fault : true;
    },
  };
}
