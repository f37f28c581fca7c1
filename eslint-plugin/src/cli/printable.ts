/** Text from files and their names, without what a terminal would obey. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => `\\x${character.codePointAt(0)?.toString(16).padStart(2, '0') ?? ''}`);
}
