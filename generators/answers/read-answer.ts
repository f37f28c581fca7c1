import type { Question } from './questions.js';

export type AnswerValue = string | number | readonly string[];
export type Outcome = { readonly value: AnswerValue } | { readonly fault: string };

/**
 * Reads one answer, from a flag (text) or from an answers file (any JSON).
 * The outcome is a value of the question's kind, or what is wrong with it in words that follow the name of the flag.
 */
export function readAnswer(question: Question, raw: unknown): Outcome {
  switch (question.kind) {
    case 'text':
      return readText(raw, question.faultIn);
    case 'choice':
      return readChoice(raw, question);
    case 'subset':
      return readSubset(raw, question.choices);
    case 'integer':
      return readInteger(raw, question);
    case 'integer-or-auto':
      return raw === 'auto' ? { value: raw } : readInteger(raw, question, '"auto" or ');
  }
}

function readText(raw: unknown, faultIn: (text: string) => string | undefined): Outcome {
  if (typeof raw !== 'string') return { fault: `must be text, got ${shown(raw)}` };
  const fault = faultIn(raw);
  return fault === undefined ? { value: raw } : { fault: `${shown(raw)} ${fault}` };
}

function readChoice(raw: unknown, { choices, notYet = [] }: { choices: readonly string[]; notYet?: readonly string[] }): Outcome {
  if (typeof raw === 'string' && choices.includes(raw)) return { value: raw };
  if (typeof raw === 'string' && notYet.includes(raw)) return { fault: `${raw} is not in this version; available: ${choices.join(', ')}` };
  return { fault: `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}, got ${shown(raw)}` };
}

/** In the order of the choices, whatever order they were given in, so that the same answers give the same bytes. */
function readSubset(raw: unknown, choices: readonly string[]): Outcome {
  const given: unknown = typeof raw === 'string' ? raw.split(',').map((part) => part.trim()) : raw;
  const isNone = Array.isArray(given) && (given.length === 0 || (given.length === 1 && given[0] === 'none'));
  if (isNone) return { value: [] };
  const wanted = choices.filter((choice) => Array.isArray(given) && given.includes(choice));
  const isKnown = Array.isArray(given) && given.every((part) => wanted.some((choice) => choice === part));
  return isKnown ? { value: wanted } : { fault: `must be none, or some of ${choices.join(', ')}; got ${shown(raw)}` };
}

function readInteger(raw: unknown, { min, max }: { min: number; max: number }, orElse = ''): Outcome {
  const value = typeof raw === 'string' && /^\d{1,9}$/.test(raw) ? Number(raw) : raw;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return { value };
  return { fault: `must be ${orElse}an integer from ${min} to ${max}, got ${shown(raw)}` };
}

/** Typed text, made harmless for the terminal: quoted, escaped and cut. */
export function shown(raw: unknown): string {
  const harmless = JSON.stringify(raw ?? null).replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return harmless.length > 80 ? `${harmless.slice(0, 77)}...` : harmless;
}
