import { mergeLines } from './lines.js';
import type { Merge, MergeLabels, MergeResult } from './result.js';
import { stillParses } from './still-parses.js';

/** How formats are merged, by the path. Each is loaded when a file asks for it: their parsers cost as much as composing a project. */
const kinds: readonly { readonly path: RegExp; readonly load: () => Promise<Merge> }[] = [
  { path: /(^|\/)package\.json$/, load: async () => (await import('./json.js')).mergeManifest },
  { path: /\.jsonc?$/, load: async () => (await import('./json.js')).mergeJson },
  { path: /\.ya?ml$/, load: async () => (await import('./yaml.js')).mergeYaml },
  { path: /(^|\/)\.env\.example$/, load: async () => (await import('./env-example.js')).mergeEnvExample },
  { path: /\.md$/, load: async () => (await import('./markdown.js')).mergeMarkdown },
];

/**
 * Merges a file, in the way that its format asks for. All three texts are in LF, without a byte order mark.
 * A merge that no longer parses, of two sides that did, is a conflict without markers: then `text` is the user's.
 */
export async function mergeFile(path: string, base: string, ours: string, theirs: string, labels: MergeLabels): Promise<MergeResult> {
  if (ours === theirs || base === theirs) return { kind: 'clean', text: ours };
  if (base === ours) return { kind: 'clean', text: theirs };
  const merge = await kinds.find((kind) => kind.path.test(path))?.load();
  const result = merge?.(base, ours, theirs, labels) ?? mergeLines(base, ours, theirs, labels);
  if (result.kind === 'conflict' || (await stillParses(path, result.text))) return result;
  const isTheirFault = (await stillParses(path, ours)) && (await stillParses(path, theirs));
  return isTheirFault ? { kind: 'conflict', text: ours, hasMarkers: false } : result;
}
