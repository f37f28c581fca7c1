import { createHash } from 'node:crypto';

const LENGTH = 24;

/**
 * Names a report so that it is known again after lines have moved, and told from another of the same rule in the same file.
 * Counting reports instead would miss one that comes as another goes (eslint/eslint#21226).
 *
 * @param parts the rule, the file, the functions around the place, and its code without layout
 */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}
