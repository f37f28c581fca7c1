import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';

import { linesOf, splitHead } from './keyed.js';

/** A map or a list in block style, in the lines that it is written in, from column 0 on. */
export interface YamlBlock {
  readonly kind: 'map' | 'list';
  /** Comments up to the last empty line before the first part. */
  readonly head: string;
  readonly parts: readonly YamlPart[];
  /** Comments behind the last part. */
  readonly tail: string;
}

export interface YamlPart {
  /** What tells it from the others: the key; of an item its name or the like. */
  readonly key: string;
  /** Whether it is an item that is no map, so that its key is all that it is. */
  readonly isPlainItem: boolean;
  /** All of it: the comments above it, its first line, and the others. */
  readonly text: string;
  readonly comment: string;
  readonly first: string;
  readonly rest: string;
}

/** What tells one map of a list from the others. */
const IDENTITIES = ['name', 'id', 'uid', 'alert', 'record', 'job_name', 'alertname', 'refId'];

/**
 * Takes a block apart by its lines. In a block that starts in column 0, what stands in column 0 is a key, an item or a comment.
 * The parser tells the keys, and that there are as many as lines were found.
 * The outcome is undefined for all that cannot be merged by key: other styles, keys that come twice, faults.
 */
export function splitBlock(text: string): YamlBlock | undefined {
  const contents = parseContents(text);
  if (contents === undefined) return undefined;
  const kind = isMap(contents) ? 'map' : 'list';
  const chunks = chunksOf(text, kind);
  const keys = isMap(contents) ? contents.items.map(({ key }) => keyOf(key)) : isSeq(contents) ? itemKeys(contents.items) : undefined;
  if (keys?.length !== chunks.length || new Set(keys).size !== keys.length || keys.includes(undefined)) return undefined;

  const isPlain = isSeq(contents) ? contents.items.map((item) => isScalar(item)) : [];
  const [head, firstComment] = splitHead(chunks[0]?.comment ?? []);
  return {
    kind,
    head,
    parts: chunks.map(({ comment, lines }, index) => {
      const above = index === 0 ? firstComment : comment.join('');
      return {
        key: keys[index] ?? '',
        isPlainItem: isPlain[index] === true,
        text: above + lines.join(''),
        comment: above,
        first: lines[0] ?? '',
        rest: lines.slice(1).join(''),
      };
    }),
    tail: chunks.at(-1)?.tail.join('') ?? '',
  };
}

function parseContents(text: string): Node | undefined {
  const { errors, contents } = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  // An anchor may stand in another part of the file.
  if (errors.some(({ code }) => code !== 'BAD_ALIAS')) return undefined;
  const isBlock = (isMap(contents) || isSeq(contents)) && contents.flow !== true && contents.items.length > 0;
  return isBlock ? contents : undefined;
}

const keyOf = (key: unknown): string | undefined => (isScalar(key) ? JSON.stringify(key.value) : undefined);

/** Scalars are told apart by themselves, maps by a key that all of them have. */
function itemKeys(items: readonly unknown[]): readonly (string | undefined)[] | undefined {
  if (items.every((item) => isScalar(item))) return items.map(keyOf);
  const identity = IDENTITIES.find((name) => items.every((item) => isMap(item) && isScalar(item.get(name, true))));
  return identity === undefined ? undefined : items.map((item) => (isMap(item) ? keyOf(item.get(identity, true)) : undefined));
}

interface Chunk {
  readonly comment: readonly string[];
  readonly lines: string[];
  tail: readonly string[];
}

function chunksOf(text: string, kind: YamlBlock['kind']): Chunk[] {
  const chunks: Chunk[] = [];
  let pending: string[] = [];
  for (const line of linesOf(text)) {
    const isTrivia = /^\s*(#|$)/.test(line);
    const isDeeper = /^[ \t]/.test(line);
    const isItem = /^-\s/.test(line);
    const last = chunks.at(-1);
    if (isTrivia && !(isDeeper && line.trim() !== '' && last !== undefined)) pending.push(line);
    else if (isDeeper || (kind === 'map' && isItem)) {
      last?.lines.push(...pending, line);
      pending = [];
    } else {
      chunks.push({ comment: pending, lines: [line], tail: [] });
      pending = [];
    }
  }
  const last = chunks.at(-1);
  if (last !== undefined) last.tail = pending;
  return chunks;
}
