import { linesOf, mergeParts, splitHead, withFinalNewlines, type Part } from './keyed.js';
import { mergeLines } from './lines.js';
import type { MergeLabels, MergeResult } from './result.js';

/** `PORT=3000` and `# PORT=3000`, which shows a default. */
const VARIABLE = /^#?[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]*)=/;

/** Merges an example of variables by their names. Where both changed one, the user's stays and it is a conflict: `=======` would be a variable. */
export function mergeEnvExample(base: string, ours: string, theirs: string, labels: MergeLabels): MergeResult | undefined {
  const texts = withFinalNewlines(base, ours, theirs);
  const [before, mine, hcnode] = [texts.base, texts.ours, texts.theirs].map(variablesOf);
  if (before === undefined || mine === undefined || hcnode === undefined) return undefined;
  const merged = mergeParts({ base: before, ours: mine, theirs: hcnode }, (variable) => {
    const result = mergeComments(variable, labels);
    return result.kind === 'clean' ? result : { kind: 'conflict', text: variable.ours, hasMarkers: false };
  });
  return texts.restore(merged);
}

/** One side often changes the comment, the other the value below: neighbouring lines, which are a conflict by line. */
function mergeComments({ base, ours, theirs }: { base: string; ours: string; theirs: string }, labels: MergeLabels): MergeResult {
  const sides = [base, ours, theirs].map(linesOf);
  const [before, mine, hcnode] = sides.map((lines) => ({ comment: lines.slice(0, -1).join(''), value: lines.at(-1) ?? '' }));
  if (before === undefined || mine === undefined || hcnode === undefined || theirs === '') return mergeLines(base, ours, theirs, labels);
  const comment = mergeLines(before.comment, mine.comment, hcnode.comment, labels);
  const value = mergeLines(before.value, mine.value, hcnode.value, labels);
  if (comment.kind === 'conflict' || value.kind === 'conflict') return { kind: 'conflict', text: ours, hasMarkers: false };
  return { kind: 'clean', text: comment.text + value.text };
}

/** Each variable with the comment above it; what stands before the first and behind the last has keys that no variable has. */
function variablesOf(text: string): Part[] | undefined {
  const parts: Part[] = [];
  let above: string[] = [];
  for (const line of linesOf(text)) {
    const name = VARIABLE.exec(line)?.[1];
    if (name === undefined) {
      above.push(line);
      continue;
    }
    const [introduction, comment] = parts.length === 0 ? splitHead(above) : ['', above.join('')];
    if (introduction !== '') parts.push({ key: '', text: introduction });
    parts.push({ key: name, text: comment + line });
    above = [];
  }
  if (above.length > 0) parts.push({ key: '\n', text: above.join('') });
  return new Set(parts.map(({ key }) => key)).size === parts.length ? parts : undefined;
}
