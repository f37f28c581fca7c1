/** A version by the rules of semver 2.0.0, without the build that nothing compares. */
const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/;

export const isVersion = (text: string): boolean => VERSION.test(text);

/** Below zero when `a` comes before `b`: semver 2.0.0, section 11. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.preview === undefined || right.preview === undefined) return Number(left.preview === undefined) - Number(right.preview === undefined);
  return comparePreviews(left.preview.split('.'), right.preview.split('.'));
}

function comparePreviews(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    const areNumbers = /^\d+$/.test(left) && /^\d+$/.test(right);
    if (areNumbers) return Number(left) - Number(right);
    // Numbers come before words.
    if (/^\d+$/.test(left) !== /^\d+$/.test(right)) return /^\d+$/.test(left) ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly preview: string | undefined } {
  const [, major, minor, patch, preview] = VERSION.exec(version) ?? [];
  return { numbers: [major, minor, patch].map(Number), preview };
}
