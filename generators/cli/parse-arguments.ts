import { parseArgs } from 'node:util';

import type { RawAnswers } from '../answers/answers.js';
import { questionKeys, questionOf, type Question, type QuestionKey } from '../answers/questions.js';
import { shown } from '../answers/read-answer.js';
import { nearest } from './nearest.js';
import { Stop } from './stop.js';
import { switchNames, switchOf, type SwitchName } from './switches.js';

export interface Arguments {
  readonly positionals: readonly string[];
  /** What the flags answer, not read yet. */
  readonly given: RawAnswers;
  readonly flags: Readonly<Partial<Record<Exclude<SwitchName, 'answers'>, boolean>>> & { readonly answers?: string };
}

/**
 * Takes the command line apart. Nothing is guessed: what is unknown, given twice or lacks its value is a fault.
 * @throws {Stop} with all faults
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { tokens } = parseArgs({ args: [...argv], options: parserOptions(), strict: false, tokens: true, allowPositionals: true });
  const given = new Map<QuestionKey, { raw: unknown; said: string }>();
  const switched = new Map<string, boolean | string>();
  const positionals: string[] = [];
  const faults: string[] = [];

  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = describeFlag(token.name);
    const value = token.value;
    if (flag === undefined || !isSpelledOut(token.rawName, token.name)) faults.push(unknownFlag(token.rawName));
    else if (flag.takesValue && isMissing(value, token.inlineValue)) faults.push(`${token.rawName} needs a value`);
    else if (!flag.takesValue && value !== undefined) faults.push(`${token.rawName} takes no value, got ${shown(value)}`);
    else if (flag.key === undefined ? switched.has(flag.name) : given.has(flag.key)) faults.push(`${token.rawName} is given twice`);
    else if (flag.key !== undefined) given.set(flag.key, { raw: flag.takesValue ? value : noneOf(questionOf(flag.key)), said: token.rawName });
    else switched.set(flag.name, value ?? flag.isOn);
  }
  if (faults.length > 0) throw new Stop('usage', faults);
  // Filled above with names of the table only, each with the kind of value that it takes.
  const flags = Object.fromEntries(switched) as Arguments['flags'];
  return { positionals, given, flags };
}

interface Flag {
  readonly name: string;
  readonly takesValue: boolean;
  readonly isOn: boolean;
  /** The question it answers, if it is not about the run. */
  readonly key?: QuestionKey;
}

function describeFlag(name: string): Flag | undefined {
  const key = questionKeys.find((candidate) => questionOf(candidate).flag === name);
  if (key !== undefined) return { name, key, takesValue: true, isOn: true };
  const known = switchNames.find((candidate) => candidate === name);
  if (known !== undefined) return { name, takesValue: switchOf(known).value !== undefined, isOn: true };
  const without = questionKeys.find((candidate) => noneOf(questionOf(candidate)) !== undefined && `no-${questionOf(candidate).flag}` === name);
  if (without !== undefined) return { name, key: without, takesValue: false, isOn: false };
  const negated = switchNames.find((candidate) => switchOf(candidate).negatable === true && `no-${candidate}` === name);
  return negated === undefined ? undefined : { name: negated, takesValue: false, isOn: false };
}

/** What `--no-queue` answers: none where there is such an answer, otherwise the default. Undefined where there is neither. */
function noneOf(question: Question): string | undefined {
  if (question.kind === 'subset' || (question.kind === 'choice' && question.choices.includes('none'))) return 'none';
  return question.default === undefined ? undefined : String(question.default);
}

/** `--port --yes` and a last `--port` lack their value; `--port=--yes` has one, if a bad one. */
function isMissing(value: string | undefined, isInline: boolean | undefined): boolean {
  return value === undefined || (isInline !== true && value.length > 1 && value.startsWith('-'));
}

/** The parser takes `-h` as help; `-help` is not, it is four short flags. */
const isSpelledOut = (rawName: string, name: string): boolean => rawName === `--${name}` || (rawName.length === 2 && name.length > 1);

function unknownFlag(rawName: string): string {
  const near = nearest(rawName.replace(/^-+/, ''), allFlags());
  return `unknown flag ${shown(rawName)}${near === undefined ? '; --help lists all' : `; did you mean --${near}?`}`;
}

function allFlags(): string[] {
  const negated = switchNames.filter((name) => switchOf(name).negatable === true).map((name) => `no-${name}`);
  const without = questionKeys.filter((key) => noneOf(questionOf(key)) !== undefined).map((key) => `no-${questionOf(key).flag}`);
  return [...questionKeys.map((key) => questionOf(key).flag), ...switchNames, ...negated, ...without];
}

function parserOptions(): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const answers = questionKeys.map((key): [string, { type: 'string' }] => [questionOf(key).flag, { type: 'string' }]);
  const others = switchNames.map((name): [string, { type: 'string' | 'boolean'; short?: string }] => {
    const { value, short } = switchOf(name);
    return [name, { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) }];
  });
  return Object.fromEntries<{ type: 'string' | 'boolean'; short?: string }>([...answers, ...others]);
}
