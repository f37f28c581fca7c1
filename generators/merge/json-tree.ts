import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** JSON as a merge sees it. Numbers keep their digits, and keys such as `__proto__` are keys like any other. */
export type JsonValue = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, JsonValue>;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonValue[];
}

export interface JsonScalar {
  readonly kind: 'scalar';
  /** As it is written, quotes and all. */
  readonly text: string;
}

/** Reads JSON, with or without comments. The outcome is undefined when it is no JSON, or has a key twice. */
export function parseJson(text: string): JsonValue | undefined {
  const root = parseNode(text);
  return root === undefined ? undefined : valueOf(root, text);
}

/** The same as the parser's tree, which knows where everything stands. */
export function parseNode(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? root : undefined;
  } catch (error) {
    // Nested so deeply that the parser has no stack left for it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function valueOf(node: Node, text: string): JsonValue | undefined {
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child) => valueOf(child, text));
    return items.every((item) => item !== undefined) ? { kind: 'array', items } : undefined;
  }
  if (node.type !== 'object') return { kind: 'scalar', text: text.slice(node.offset, node.offset + node.length) };
  const entries = new Map<string, JsonValue>();
  for (const property of node.children ?? []) {
    const [key, child] = property.children ?? [];
    const name: unknown = key?.value;
    const value = child === undefined ? undefined : valueOf(child, text);
    if (typeof name !== 'string' || value === undefined || entries.has(name)) return undefined;
    entries.set(name, value);
  }
  return { kind: 'object', entries };
}

/** Equal for equal values, whatever the order of their keys. On one line. */
export function canonical(value: JsonValue): string {
  if (value.kind === 'array') return `[${value.items.map(canonical).join()}]`;
  if (value.kind === 'scalar') return value.text.startsWith('"') ? JSON.stringify(JSON.parse(value.text)) : value.text;
  const entries = [...value.entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}

export const isSame = (a: JsonValue | undefined, b: JsonValue | undefined): boolean => a === b || (a !== undefined && b !== undefined && canonical(a) === canonical(b));

/** As `JSON.stringify` writes it. @param margin what stands before each line but the first */
export function printJson(value: JsonValue, indent: string, margin: string): string {
  if (value.kind === 'scalar') return value.text;
  const inner = margin + indent;
  const lines = value.kind === 'array'
    ? value.items.map((item) => inner + printJson(item, indent, inner))
    : [...value.entries].map(([key, item]) => `${inner}${JSON.stringify(key)}: ${printJson(item, indent, inner)}`);
  const [open, close] = value.kind === 'array' ? '[]' : '{}';
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${margin}${close}`;
}
