import type { TemplateFile } from '../state/template-file.js';
import { classify, type Context, type Pair } from './classify.js';
import { compareVersions } from './compare-versions.js';
import type { Disk } from './disk.js';
import type { Outcome, Step } from './outcome.js';
import type { Release } from './release.js';
import type { Remembered } from './remembered.js';

export interface Plan {
  readonly outcomes: readonly Outcome[];
  /** Deletions first: a folder may come where a file was. */
  readonly steps: readonly Step[];
}

/** Decides about every file of the old and the new version. It changes nothing. */
export async function planUpgrade(remembered: Remembered, theirs: readonly TemplateFile[], disk: Disk, release: Release): Promise<Plan> {
  const pairs = pairUp(remembered, theirs);
  // Whatever is moved or dropped may make room; whatever then stays where it is does not.
  let vacated: ReadonlySet<string> = new Set(pairs.flatMap(({ base, theirs: next }) => (base !== undefined && base.path !== next?.path ? [base.path] : [])));
  for (;;) {
    const context: Context = {
      disk,
      vacated,
      labels: { ours: 'yours', theirs: `hcnode ${release.version}` },
      isEjected: (path) => remembered.ejected.includes(path),
      deletions: deletionsSince(remembered.version, release),
    };
    const outcomes: Outcome[] = [];
    for (const pair of pairs) outcomes.push(await classify(pair, context));
    const deleted = new Set(outcomes.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'delete' ? [step.path] : []))));
    const stays = [...vacated].filter((path) => !deleted.has(path));
    if (stays.length === 0 || !outcomes.some(({ steps }) => steps.some((step) => step.kind === 'write' && isAt(step.path, stays)))) return { outcomes, steps: ordered(outcomes) };
    vacated = new Set([...vacated].filter((path) => deleted.has(path)));
  }
}

const isAt = (path: string, stays: readonly string[]): boolean => stays.some((staying) => path === staying || path.startsWith(`${staying}/`));

/** By id, so that a renamed file is the same; by path where ids of an old project are of another making. */
function pairUp({ files }: Remembered, theirs: readonly TemplateFile[]): readonly Pair[] {
  const byId = new Map(files.map((base) => [base.id, base]));
  const byPath = new Map(files.map((base) => [base.path, base]));
  const ids = new Set(theirs.map(({ id }) => id));
  const paired = theirs.map((next) => {
    const namesake = byPath.get(next.path);
    return { theirs: next, base: byId.get(next.id) ?? (namesake !== undefined && !ids.has(namesake.id) ? namesake : undefined) };
  });
  const used = new Set(paired.map(({ base }) => base));
  return [...paired, ...files.filter((base) => !used.has(base)).map((base) => ({ base, theirs: undefined }))];
}

function deletionsSince(version: string | undefined, { migrations }: Release): ReadonlyMap<string, string> {
  const since = migrations.filter((migration) => version === undefined || compareVersions(migration.version, version) > 0);
  return new Map(since.flatMap(({ deletions = {} }) => Object.entries(deletions)));
}

function ordered(outcomes: readonly Outcome[]): readonly Step[] {
  const steps = outcomes.flatMap((outcome) => outcome.steps);
  const written = new Set(steps.flatMap((step) => (step.kind === 'write' ? [step.path] : [])));
  const deletions = steps.filter((step) => step.kind === 'delete' && !written.has(step.path));
  return [...deletions, ...steps.filter((step) => step.kind === 'write')];
}
