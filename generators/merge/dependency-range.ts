import gte from 'semver/functions/gte.js';
import lt from 'semver/functions/lt.js';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';

const SIMPLE = /^([~^]?)(\d+\.\d+\.\d+[-+.\w]*)$/;

/**
 * The range of a dependency that both sides changed, each starting from `base` (undefined: both added it).
 * What the user raised above ours stays; what was raised less far moves up, with the user's `~` or `^`.
 * What is no range (a fork, a folder, a tag) is the user's. The outcome is undefined when the user wants an older one.
 */
export function mergeRanges(base: string | undefined, ours: string, theirs: string): string | undefined {
  if (validRange(ours) === null) return ours;
  if (validRange(theirs) === null) return undefined;
  const [before, mine, hcnode] = [lowest(base), lowest(ours), lowest(theirs)];
  if (mine === undefined || hcnode === undefined) return undefined;
  if (gte(mine, hcnode)) return ours;
  if (before === undefined || lt(mine, before)) return undefined;
  const [, operatorBefore] = SIMPLE.exec(base ?? '') ?? [];
  const [, operator] = SIMPLE.exec(ours) ?? [];
  const [, theirOperator, version] = SIMPLE.exec(theirs) ?? [];
  if (operatorBefore === undefined || operator === undefined || version === undefined) return undefined;
  return (operator === operatorBefore ? theirOperator ?? '' : operator) + version;
}

function lowest(range: string | undefined): string | undefined {
  if (range === undefined || validRange(range) === null) return undefined;
  return minVersion(range)?.version;
}
