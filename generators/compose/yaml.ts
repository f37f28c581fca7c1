/**
 * Writes plain data as YAML: two spaces a level, strings without quotes where no reader (YAML 1.1 and 1.2) could take them for something else,
 * several lines as a literal block. Of YAML this is the part that we emit; a library for all of it costs a third of a whole run.
 */
export const toYaml = (value: object): string => `${block(value, '')}\n`;

/** Words that some reader takes for a truth value, for nothing, or for a number. */
const SPECIAL_WORD = /^(y|n|yes|no|on|off|true|false|null|inf|nan|infinity)$/i;
/** `30s`, `5m`, `10MB`: digits and then a unit. All else that starts with a digit is quoted: dates, times, `3000:3000`. */
const AMOUNT = /^\d+[A-DF-WYZa-df-wyz][A-Za-z]*$/;
const PLAIN = /^[A-Za-z_(/$][\x20-\x7e\u00a1-\ud7ff]*$/;

/** The value as it stands on lines of its own, or behind `key: ` when it is a scalar. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.map((item) => `${indent}-${nested(item, `${indent}  `, 'item')}`).join('\n');
  if (!isMap(value)) return scalar(value, indent);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.map(([key, inner]) => `${indent}${text(key)}:${nested(inner, `${indent}  `, 'value')}`).join('\n');
}

function nested(value: unknown, indent: string, place: 'item' | 'value'): string {
  if (typeof value !== 'object' || value === null) return ` ${scalar(value, indent)}`;
  const isEmpty = Object.values(value).every((inner) => inner === undefined);
  if (isEmpty) return Array.isArray(value) ? ' []' : ' {}';
  const inner = block(value, indent);
  // The first line of a list item stands behind its hyphen.
  return place === 'item' ? ` ${inner.slice(indent.length)}` : `\n${inner}`;
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null;

function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  const isLiteral = /\n./.test(value) && !/^[\s]/.test(value) && !/[^\n\x20-\x7e\u00a1-\ud7ff]/.test(value);
  return isLiteral ? literal(value, indent) : text(value);
}

function literal(value: string, indent: string): string {
  const ending = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : '';
  const lines = (value.endsWith('\n') ? value.slice(0, -1) : value).split('\n');
  return [`|${ending}`, ...lines.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

function text(value: string): string {
  const isPlain = (PLAIN.test(value) || AMOUNT.test(value)) && !SPECIAL_WORD.test(value) && !/: |:$| #| $/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
