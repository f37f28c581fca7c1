import { Stop } from '../cli/stop.js';
import { shown } from '../answers/read-answer.js';
import { suggestName } from '../answers/check-name.js';

/** Words, numbers and hyphens: a file's name, a path of a URL and, in camel case, an identifier. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAX_LENGTH = 50;

/** Words of JavaScript that cannot name a function, and names that Windows keeps for itself. */
const RESERVED = new Set([
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for'],
  ...['function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw'],
  ...['true', 'try', 'typeof', 'undefined', 'var', 'void', 'while', 'with', 'yield', 'constructor', 'prototype', 'tasks', 'index'],
  ...['con', 'prn', 'aux', 'nul'], ...Array.from({ length: 10 }, (_, n) => [`com${n}`, `lpt${n}`]).flat(),
]);

/** Paths that the service has already, in files of other names. */
const TAKEN_PATHS = new Set(['livez', 'readyz', 'metrics']);

/**
 * Checks what somebody wants to call a route or a task.
 * @throws {Stop} saying what is possible
 */
export function checkName(kind: 'route' | 'task', name: string): void {
  const fault = nameFault(kind, name);
  if (fault === undefined) return;
  const suggestion = suggestName(name);
  const hint = suggestion !== undefined && nameFault(kind, suggestion) === undefined ? [`For example: create-hcnode add ${kind} ${suggestion}`] : [];
  throw new Stop('usage', [`${shown(name)} ${fault}`, ...hint]);
}

function nameFault(kind: 'route' | 'task', name: string): string | undefined {
  if (name.length > MAX_LENGTH) return `has ${name.length} characters, at most ${MAX_LENGTH} are possible`;
  if (!NAME.test(name)) return 'must consist of words of lower-case letters and digits with hyphens between them, and start with a letter';
  if (RESERVED.has(name)) return 'is reserved: JavaScript or Windows has it already';
  if (kind === 'route' && TAKEN_PATHS.has(name)) return `is taken: the service answers /${name} already`;
  return undefined;
}

/** `resize-image` as an identifier: `resizeImage`. */
export const camelCase = (name: string): string => name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
