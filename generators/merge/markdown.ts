import { linesOf, mergeParts, withFinalNewlines, type Part } from './keyed.js';
import { mergeLines } from './lines.js';
import type { MergeLabels, MergeResult } from './result.js';

const HEADING = /^#{1,6}[ \t]+(.*?)[ \t#]*\n/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Merges Markdown by line, and where that is a conflict, by section: both sides may add one at the same place, or move some. */
export function mergeMarkdown(base: string, ours: string, theirs: string, labels: MergeLabels): MergeResult | undefined {
  const byLine = mergeLines(base, ours, theirs, labels);
  if (byLine.kind === 'clean') return byLine;
  const texts = withFinalNewlines(base, ours, theirs);
  const [before, mine, hcnode] = [texts.base, texts.ours, texts.theirs].map(sectionsOf);
  return texts.restore(mergeParts({ base: before ?? [], ours: mine ?? [], theirs: hcnode ?? [] }, (section) => mergeLines(section.base, section.ours, section.theirs, labels)));
}

/** What stands before the first heading, then one section from each heading to the next, with the empty lines before it. */
function sectionsOf(text: string): Part[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  let fence: string | undefined;
  let blank: string[] = [];
  for (const line of linesOf(text)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    // A fence is closed by one of its own kind that is at least as long.
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    const heading = fence === undefined ? HEADING.exec(line) : null;
    if (heading !== null) {
      sections.push({ heading: line.trim(), lines: [...blank, line] });
      blank = [];
    } else if (line.trim() === '') blank.push(line);
    else {
      sections.at(-1)?.lines.push(...blank, line);
      blank = [];
    }
  }
  sections.at(-1)?.lines.push(...blank);
  return named(sections);
}

/** The same heading may come again under another. */
function named(sections: readonly { readonly heading: string; readonly lines: readonly string[] }[]): Part[] {
  const seen = new Map<string, number>();
  return sections.map(({ heading, lines }) => {
    const before = seen.get(heading) ?? 0;
    seen.set(heading, before + 1);
    return { key: `${heading}\n${before}`, text: lines.join('') };
  });
}
