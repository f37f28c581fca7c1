interface Tokenized {
  readonly ast: { readonly tokens?: readonly { readonly type: string; readonly value: string }[] };
}

const known = new WeakMap<Tokenized, ReadonlySet<string>>();
const NONE = [] as const;

/**
 * The names, keywords and texts in a file's code, each once, texts without quotes and `node:`, and `@` if there are decorators. A rule asks for those without which it has nothing to report,
 * before anything else: comments do not count, and the file is gone through once for all rules.
 */
export function wordsOf(sourceCode: Tokenized): ReadonlySet<string> {
  const before = known.get(sourceCode);
  if (before !== undefined) return before;
  const words = new Set<string>();
  for (const { type, value } of sourceCode.ast.tokens ?? NONE) {
    if (type === 'String') words.add(value.startsWith('node:', 1) ? value.slice(6, -1) : value.slice(1, -1));
    else if (type !== 'Punctuator' || value === '@') words.add(value);
  }
  known.set(sourceCode, words);
  return words;
}

/** Whether a file has one of some words. */
export function mentions(sourceCode: Tokenized, wanted: Iterable<string>): boolean {
  const words = wordsOf(sourceCode);
  for (const word of wanted) if (words.has(word)) return true;
  return false;
}

/** Whether a file has a word of a kind. */
export function mentionsLike(sourceCode: Tokenized, pattern: RegExp): boolean {
  for (const word of wordsOf(sourceCode)) if (pattern.test(word)) return true;
  return false;
}
