/** Something that the person at the terminal can put right: shown without a stack trace, and the command ends with 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
