/** A prompt that nobody sees would wait for ever: a terminal on both ends, and no CI. */
export function hasPerson(): boolean {
  const ci = process.env['CI'];
  const isCi = ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
  return !isCi && process.stdin.isTTY && process.stdout.isTTY;
}
