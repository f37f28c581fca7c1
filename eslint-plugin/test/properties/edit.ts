export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** The text with all edits made; two of the same place count once. */
export function edited(text: string, edits: readonly Edit[]): string {
  const places = new Map(edits.map((edit) => [edit.range.join(), edit]));
  return [...places.values()]
    .sort((one, other) => other.range[0] - one.range[0])
    .reduce((result, { range: [start, end], text: replacement }) => result.slice(0, start) + replacement + result.slice(end), text);
}
