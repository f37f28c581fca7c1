import { readFileSync, statSync } from 'node:fs';

import { nearest } from '../cli/nearest.js';
import { Stop } from '../cli/stop.js';
import type { RawAnswers } from './answers.js';
import { questionKeys, questionOf, type QuestionKey } from './questions.js';
import { shown } from './read-answer.js';

const MAX_BYTES = 1_000_000;
const STDIN_FD = 0;

/**
 * Reads answers from a JSON file: the flags without their hyphens in front, as in `{"admin-port": 9000}`,
 * or the same in camel case, as .hcnode.json has them.
 * @param path `-` for standard input
 * @throws {Stop} when it cannot be read, is not an object, or has a key that is no question
 */
export function readAnswersFile(path: string): RawAnswers {
  const label = path === '-' ? 'standard input' : shown(path);
  const content = parseObject(readText(path, label), label);
  const answers = new Map<QuestionKey, { raw: unknown; said: string }>();
  const faults: string[] = [];
  for (const [name, raw] of Object.entries(content)) {
    const key = questionKeys.find((candidate) => candidate === name || questionOf(candidate).flag === name);
    if (key === undefined) faults.push(unknownKey(name, label));
    else if (answers.has(key)) faults.push(`${label} answers ${questionOf(key).flag} twice`);
    else answers.set(key, { raw, said: `${name} in ${label}` });
  }
  if (faults.length > 0) throw new Stop('usage', faults);
  return answers;
}

function unknownKey(name: string, label: string): string {
  const near = nearest(name, questionKeys.map((key) => questionOf(key).flag));
  return `${label} has an unknown key ${shown(name)}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

function readText(path: string, label: string): string {
  try {
    if (path !== '-' && !statSync(path).isFile()) throw new Stop('usage', [`--answers: ${label} is not a file`]);
    if (path !== '-' && statSync(path).size > MAX_BYTES) throw new Stop('usage', [`--answers: ${label} is larger than ${MAX_BYTES} bytes`]);
    return readFileSync(path === '-' ? STDIN_FD : path, 'utf8');
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop('usage', [`--answers: cannot read ${label}: ${error instanceof Error ? error.message : String(error)}`], { cause: error });
  }
}

function parseObject(text: string, label: string): object {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Said below, in our words: the parser's would quote the file.
  }
  throw new Stop('usage', [`--answers: ${label} must hold a JSON object, such as {"port": 3000}`]);
}
