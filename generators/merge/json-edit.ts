import { findNodeAtLocation, visit, type JSONPath, type Node } from 'jsonc-parser';

import { canonical, parseJson, parseNode, printJson, type JsonValue } from './json-tree.js';

/** One change to a JSON text. Edits are made one after the other, so a path is that of the moment. */
export type JsonEdit =
  | { readonly kind: 'set'; readonly path: JSONPath; readonly value: JsonValue }
  | { readonly kind: 'remove'; readonly path: JSONPath }
  /** At this place among its siblings; the last of the path is the key, or again the place in an array. */
  | { readonly kind: 'insert'; readonly path: JSONPath; readonly place: number; readonly value: JsonValue };

const DEFAULT_INDENT = '  ';

/** White space and comments. */
const TRIVIA = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
/** The rest of a line that holds a comment at most. */
const REST_OF_LINE = /[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/[ \t]*)?(?=\n)/y;

/** Makes the edits, and leaves all else as it is written: comments, order, spaces. */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  const indent = /^[ \t]+(?=["{[])/m.exec(text)?.[0] ?? DEFAULT_INDENT;
  return edits.reduce((edited, edit) => editOnce(edited, edit, indent), text);
}

function editOnce(text: string, edit: JsonEdit, indent: string): string {
  if (edit.kind === 'set') return replaceNode(text, nodeAt(text, edit.path), edit.value, indent);
  const parent = nodeAt(text, edit.path.slice(0, -1));
  if (edit.kind === 'insert') return insertInto(text, parent, edit, indent);
  const value = nodeAt(text, edit.path);
  const entry = parent.type === 'object' ? value.parent ?? value : value;
  return removeFrom(text, parent.children ?? [], (parent.children ?? []).findIndex(({ offset }) => offset === entry.offset));
}

function nodeAt(text: string, path: JSONPath): Node {
  const root = parseNode(text);
  const node = root && (path.length === 0 ? root : findNodeAtLocation(root, path));
  if (node === undefined) throw new Error(`nothing at ${path.join('.')}`);
  return node;
}

function replaceNode(text: string, node: Node, value: JsonValue, indent: string): string {
  const margin = marginAt(text, node.offset);
  const written = value.kind === 'array' && node.type === 'array' ? printItems(text, node, value.items, indent, margin) : printJson(value, indent, margin);
  return text.slice(0, node.offset) + written + text.slice(endOf(node));
}

function insertInto(text: string, parent: Node, { path, place, value }: Extract<JsonEdit, { kind: 'insert' }>, indent: string): string {
  const margin = marginAt(text, parent.offset) + indent;
  const key = path.at(-1);
  const entry = (typeof key === 'string' ? `${JSON.stringify(key)}: ` : '') + printJson(value, indent, margin);
  const children = parent.children ?? [];
  const previous = children[place - 1];
  const isLast = place === children.length;
  if (children.length === 0) {
    const inside = text.slice(parent.offset + 1, endOf(parent) - 1);
    return `${text.slice(0, parent.offset + 1)}\n${margin}${entry}${inside.trim() === '' ? `\n${marginAt(text, parent.offset)}` : inside}${text.slice(endOf(parent) - 1)}`;
  }
  const before = previous === undefined ? parent.offset + 1 : afterComma(text, endOf(previous));
  const isOpen = before === undefined;
  const head = isOpen && previous !== undefined ? `${text.slice(0, endOf(previous))},` : text.slice(0, before);
  const tail = text.slice(isOpen && previous !== undefined ? endOf(previous) : before);
  // A comment on the line of the one before stays on its line.
  const comment = matchAt(REST_OF_LINE, tail, 0);
  const comma = isLast && isOpen ? '' : ',';
  return comment === undefined ? `${head} ${entry}${comma}${tail}` : `${head}${comment}\n${margin}${entry}${comma}${tail.slice(comment.length)}`;
}

/** Takes an entry out, with its comma and the line that it leaves empty. Comments stay. */
function removeFrom(text: string, children: readonly Node[], index: number): string {
  const [previous, entry] = [children[index - 1], children[index]];
  if (entry === undefined) throw new Error('nothing to remove');
  const comma = afterComma(text, endOf(entry));
  const between = comma === undefined ? '' : text.slice(endOf(entry), comma - 1);
  const tail = between + text.slice(comma ?? endOf(entry));
  let head = text.slice(0, entry.offset);
  const commaBefore = previous === undefined ? undefined : afterComma(text, endOf(previous));
  // The last one now is the one before, and had no comma behind it.
  if (comma === undefined && commaBefore !== undefined) head = head.slice(0, commaBefore - 1) + head.slice(commaBefore);
  const isLineEmpty = /(^|\n)[ \t]*$/.test(head) && /^[ \t]*\n/.test(tail);
  return isLineEmpty ? head.replace(/[ \t]*$/, '') + tail.replace(/^[ \t]*\n/, '') : head + tail.replace(/^[ \t]+/, '');
}

const endOf = ({ offset, length }: Node): number => offset + length;

/** Where the comma ends that follows; undefined when none does. */
function afterComma(text: string, at: number): number | undefined {
  const comma = at + (matchAt(TRIVIA, text, at) ?? '').length;
  return text[comma] === ',' ? comma + 1 : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What stands before the first word of the line. */
function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
}

/** An array that stands on one line stays there, and the items that were there before stay as they are written. */
function printItems(text: string, node: Node, items: readonly JsonValue[], indent: string, margin: string): string {
  const slices = (node.children ?? []).map(({ offset, length }) => text.slice(offset, offset + length));
  const before = new Map(slices.map((slice) => [canonicalText(slice), slice]));
  const isOnOneLine = slices.length > 0 && !text.slice(node.offset, node.offset + node.length).includes('\n');
  const written = items.map((item) => before.get(canonical(item)) ?? printJson(item, indent, margin + indent));
  if (written.length === 0) return '[]';
  if (isOnOneLine && items.every(({ kind }) => kind === 'scalar')) return `[${written.join(', ')}]`;
  return `[\n${written.map((item) => margin + indent + item).join(',\n')}\n${margin}]`;
}

function canonicalText(text: string): string {
  const value = parseJson(text);
  return value === undefined ? text : canonical(value);
}

/** The comments of a JSON text, sorted. */
export function commentsOf(text: string): readonly string[] {
  const comments: string[] = [];
  visit(text, { onComment: (offset, length) => comments.push(text.slice(offset, offset + length)) });
  return comments.sort();
}
