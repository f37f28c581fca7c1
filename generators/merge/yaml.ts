import { joinResults, linesOf, mergeParts, withFinalNewlines, type Three } from './keyed.js';
import { mergeLines } from './lines.js';
import type { MergeLabels, MergeResult } from './result.js';
import { mergeSequence } from './sequence.js';
import { splitBlock, type YamlBlock, type YamlPart } from './yaml-parts.js';

type Texts = Three<string>;

/** Merges YAML by key, in the lines that it is written in: comments, quotes and order stay. Conflicts are marked in the lines of their key. */
export function mergeYaml(base: string, ours: string, theirs: string, labels: MergeLabels): MergeResult | undefined {
  const texts = withFinalNewlines(base, ours, theirs);
  const documents = [texts.base, texts.ours, texts.theirs].map(documentsOf);
  const [before, mine, hcnode] = documents;
  if (before === undefined || mine === undefined || hcnode === undefined || before.length !== mine.length || mine.length !== hcnode.length) return undefined;
  const results = mine.map((document, index) => mergeDocument({ base: before[index] ?? '', ours: document, theirs: hcnode[index] ?? '' }, labels));
  const merged = results.flatMap((result) => result ?? []);
  return merged.length === results.length ? texts.restore(joinResults(merged)) : undefined;
}

/** At the lines `---`, each of which belongs to what follows; undefined when something else stands on such a line, or `...` ends a document. */
function documentsOf(text: string): string[] | undefined {
  const documents = text.split(/^(?=---(?:\s|$))/m);
  const isPlain = documents.every((document) => !/^(---[ \t]+[^#\s]|\.\.\.(\s|$)|%)/m.test(document));
  return isPlain ? documents : undefined;
}

function mergeDocument(texts: Texts, labels: MergeLabels): MergeResult | undefined {
  const markers = [texts.base, texts.ours, texts.theirs].map((text) => /^---.*\n/.exec(text)?.[0] ?? '');
  const bodies = [texts.base, texts.ours, texts.theirs].map((text, index) => text.slice(markers[index]?.length ?? 0));
  const marker = mergeLines(markers[0] ?? '', markers[1] ?? '', markers[2] ?? '', labels);
  const body = settle({ base: bodies[0] ?? '', ours: bodies[1] ?? '', theirs: bodies[2] ?? '' }, mergeBlock, labels);
  return joinResults([marker, body]);
}

/** What is the same on two sides needs no merge; what cannot be merged by key is merged by line. */
function settle(texts: Texts, merge: (texts: Texts, labels: MergeLabels) => MergeResult | undefined, labels: MergeLabels): MergeResult {
  const { base, ours, theirs } = texts;
  if (ours === theirs || base === theirs) return { kind: 'clean', text: ours };
  if (base === ours) return { kind: 'clean', text: theirs };
  return merge(texts, labels) ?? mergeLines(base, ours, theirs, labels);
}

function mergeBlock(texts: Texts, labels: MergeLabels): MergeResult | undefined {
  const [base, ours, theirs] = [splitBlock(texts.base), splitBlock(texts.ours), splitBlock(texts.theirs)];
  if (base === undefined || ours === undefined || theirs === undefined || base.kind !== ours.kind || ours.kind !== theirs.kind) return undefined;
  const parts = mergeBlockParts({ base, ours, theirs }, labels);
  return parts && joinResults([mergeLines(base.head, ours.head, theirs.head, labels), parts, mergeLines(base.tail, ours.tail, theirs.tail, labels)]);
}

function mergeBlockParts(blocks: Three<YamlBlock>, labels: MergeLabels): MergeResult | undefined {
  if (Object.values(blocks).some((block: YamlBlock) => block.parts.some(({ isPlainItem }) => isPlainItem))) return mergePlainItems(blocks);
  const { base, ours, theirs } = { base: byKey(blocks.base), ours: byKey(blocks.ours), theirs: byKey(blocks.theirs) };
  return mergeParts({ base: blocks.base.parts, ours: blocks.ours.parts, theirs: blocks.theirs.parts }, (texts, key) => {
    const [before, mine, hcnode] = [base.get(key), ours.get(key), theirs.get(key)];
    if (before === undefined || mine === undefined || hcnode === undefined) return mergeLines(texts.base, texts.ours, texts.theirs, labels);
    return mergePart({ base: before, ours: mine, theirs: hcnode }, blocks.ours.kind, labels);
  });
}

const byKey = ({ parts }: YamlBlock): ReadonlyMap<string, YamlPart> => new Map(parts.map((part) => [part.key, part]));

/** An item that is changed is another item, so what became of each can be seen by its place only. */
function mergePlainItems(blocks: Three<YamlBlock>): MergeResult | undefined {
  const [base, ours, theirs] = [blocks.base, blocks.ours, blocks.theirs].map(({ parts }) => parts);
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const keysOf = (parts: readonly YamlPart[]): string[] => parts.map(({ key }) => key);
  const keys = mergeSequence(keysOf(base), keysOf(ours), keysOf(theirs));
  // An item that goes would take a comment of the user's with it.
  const isCommented = ours.some(({ key, text }) => keys?.includes(key) === false && text !== base.find((part) => part.key === key)?.text);
  if (keys === undefined || isCommented) return undefined;
  const texts = keys.map((key) => {
    const [before, mine, hcnode] = [base, ours, theirs].map((parts) => parts.find((part) => part.key === key)?.text);
    return mine === undefined || mine === before ? hcnode ?? mine : mine;
  });
  return { kind: 'clean', text: texts.join('') };
}

/** The comment above it by itself: one side often changes the comment, the other what is below. */
function mergePart({ base, ours, theirs }: Three<YamlPart>, kind: YamlBlock['kind'], labels: MergeLabels): MergeResult {
  const comment = mergeLines(base.comment, ours.comment, theirs.comment, labels);
  const body = kind === 'list' ? mergeItem({ base, ours, theirs }, labels) : mergeEntry({ base, ours, theirs }, labels);
  return joinResults([comment, body ?? mergeLines(base.first + base.rest, ours.first + ours.rest, theirs.first + theirs.rest, labels)]);
}

function mergeItem({ base, ours, theirs }: Three<YamlPart>, labels: MergeLabels): MergeResult | undefined {
  const body = mergeNested({ base: bodyOf(base), ours: bodyOf(ours), theirs: bodyOf(theirs) }, labels);
  const hasPlaceForHyphen = body !== undefined && /^ {2}/.test(body.text);
  return hasPlaceForHyphen ? { ...body, text: `-${body.text.slice(1)}` } : undefined;
}

function mergeEntry({ base, ours, theirs }: Three<YamlPart>, labels: MergeLabels): MergeResult | undefined {
  if (![base, ours, theirs].every(({ first, rest }) => OPEN_KEY.test(first) && rest !== '')) return undefined;
  const rest = mergeNested({ base: base.rest, ours: ours.rest, theirs: theirs.rest }, labels);
  return rest && joinResults([mergeLines(base.first, ours.first, theirs.first, labels), rest]);
}

/** A key whose value begins on the next line, and is no text. */
const OPEN_KEY = /:(\s+[&!]\S*)*\s*(\s#.*)?\n$/;

/** An item without its hyphen. */
const bodyOf = ({ first, rest }: YamlPart): string => ` ${first.slice(1)}${rest}`;

/** Merges a block that is indented. The outcome is indented as the user's. */
function mergeNested(texts: Texts, labels: MergeLabels): MergeResult | undefined {
  const [base, ours, theirs] = [dedent(texts.base), dedent(texts.ours), dedent(texts.theirs)];
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const merged = settle({ base: base.text, ours: ours.text, theirs: theirs.text }, mergeBlock, labels);
  const markers = [`<<<<<<< ${labels.ours}\n`, '=======\n', `>>>>>>> ${labels.theirs}\n`];
  const indented = linesOf(merged.text).map((line) => (line.trim() === '' || markers.includes(line) ? line : ours.indent + line));
  return { ...merged, text: indented.join('') };
}

/** Undefined where a comment, or a text of several lines, stands further out than the block. */
function dedent(text: string): { readonly text: string; readonly indent: string } | undefined {
  const indent = /^( *)[^\s#]/m.exec(text)?.[1];
  if (indent === undefined) return undefined;
  const lines = linesOf(text);
  if (!lines.every((line) => line.startsWith(indent) || line.trim() === '')) return undefined;
  return { indent, text: lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('') };
}
