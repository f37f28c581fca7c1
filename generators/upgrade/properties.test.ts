import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { contentOf, temporaryFolder } from '../../test/support/folder.js';
import { madeUpRelease, upgradeTo, writeProjectOf, type Files } from '../../test/support/releases.js';

/** `npm run test:full` asks for 1,000. */
const RUNS = Number(process.env['UPGRADE_RUNS'] ?? 50);
/** The short run tries the same projects each time, the long one others. fast-check prints the seed of a failure. */
const parameters = { numRuns: RUNS, ...(RUNS < 1000 ? { seed: 1 } : {}) };
const PATHS = ['Dockerfile', 'README.md', 'docs/notes.md', 'ops/nginx/nginx.conf', 'ops/prometheus/alerts.yml', 'scripts/deploy.sh', 'src/main.ts', 'src/worker/drain.ts'] as const;
type Path = (typeof PATHS)[number];

/** Few different lines, so that merges meet repetitions; or such that hardly ever come twice. All are comments of YAML. */
const repeated = fc.constantFrom('# one', '# two', '# three', '# four', '# five', '');
const distinct = fc.nat(1_000_000).map((number) => `# ${number}`);
type Lines = fc.Arbitrary<string>;
const text = (content: readonly string[]): string => content.map((each) => `${each}\n`).join('');

type Version = ReadonlyMap<Path, readonly string[]>;
const version = (line: Lines): fc.Arbitrary<Version> =>
  fc.array(fc.tuple(fc.constantFrom(...PATHS), fc.array(line, { maxLength: 10 })), { minLength: 1, maxLength: 12 }).map((files) => new Map(files));

/** A version that comes after another: some files are others, some are gone, some are new. */
const later = (before: Version, line: Lines): fc.Arbitrary<Version> =>
  fc.array(fc.tuple(fc.constantFrom(...PATHS), fc.option(fc.array(line, { maxLength: 3 })), fc.nat(10), fc.nat(3)), { maxLength: 6 }).map((changes) => {
    const next = new Map(before);
    for (const [path, content, at, removed] of changes) {
      if (content === null) next.delete(path);
      else next.set(path, (before.get(path) ?? []).toSpliced(at, removed, ...content));
    }
    return next;
  });

type Edit = { readonly kind: 'insert' | 'replace' | 'delete-line' | 'delete-file' | 'write'; readonly path: Path; readonly at: number };
const edit: fc.Arbitrary<Edit> = fc.record({ kind: fc.constantFrom('insert', 'replace', 'delete-line', 'delete-file', 'write'), path: fc.constantFrom(...PATHS), at: fc.nat(10) });

const history = (line: Lines): fc.Arbitrary<{ readonly v1: Version; readonly v2: Version; readonly v3: Version; readonly edits: readonly Edit[] }> =>
  version(line).chain((v1) =>
    later(v1, line).chain((v2) =>
      later(v2, line).chain((v3) => fc.record({ v1: fc.constant(v1), v2: fc.constant(v2), v3: fc.constant(v3), edits: fc.array(edit, { maxLength: 8 }) }))));

const filesOf = (content: Version): Files => Object.fromEntries([...content].map(([path, each]) => [path, text(each)]));
const release = (number: 1 | 2 | 3, content: Version): ReturnType<typeof madeUpRelease> => madeUpRelease(`${number}.0.0`, filesOf(content));

interface Edited {
  /** What the user's files hold now; undefined where the user deleted one. */
  readonly now: ReadonlyMap<Path, string | undefined>;
  /** Lines that are nowhere else. */
  readonly own: readonly string[];
}

function edited(v1: Version, edits: readonly Edit[]): Edited {
  const now = new Map<Path, string[] | undefined>([...v1].map(([path, content]) => [path, [...content]]));
  edits.forEach(({ kind, path, at }, index) => {
    const before = now.get(path);
    const own = `# user ${index}`;
    if (kind === 'delete-file') {
      if (before !== undefined) now.set(path, undefined);
    } else if (kind === 'write' || before === undefined) now.set(path, [own]);
    else if (kind === 'insert') now.set(path, before.toSpliced(at, 0, own));
    else now.set(path, before.toSpliced(at, 1, ...(kind === 'replace' ? [own] : [])));
  });
  return { now: new Map([...now].map(([path, content]) => [path, content && text(content)])), own: [...now.values()].flatMap((content) => (content ?? []).filter((each) => each.startsWith('# user'))) };
}

/** A project of the first version with the user's edits. */
function projectOf(v1: Version, { now }: Edited): string {
  const root = temporaryFolder();
  writeProjectOf(root, release(1, v1));
  for (const [path, content] of now) {
    if (content === undefined) rmSync(join(root, path), { force: true });
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  }
  return root;
}

/** Without what the tool keeps for itself. */
const content = (root: string): Files => Object.fromEntries(Object.entries(contentOf(root)).filter(([path]) => !path.startsWith('.hcnode')));

test('1, 2, 3, 5: no line of the user is lost, what nobody touched follows, deleted stays deleted, twice is as once', async () => {
  await fc.assert(
    fc.asyncProperty(history(repeated), async ({ v1, v2, edits }) => {
      const user = edited(v1, edits);
      const root = projectOf(v1, user);
      await upgradeTo(root, release(2, v2));
      const after = content(root);
      const all = Object.values(after).join('\n').split('\n');
      for (const own of user.own) expect(all).toContain(own);
      for (const path of PATHS) {
        const [first, second, mine] = [filesOf(v1)[path], filesOf(v2)[path], user.now.get(path)];
        if (first !== undefined && first === mine) expect([path, after[path]]).toEqual([path, second]);
        if (first !== undefined && mine === undefined) expect([path, after[path]]).toEqual([path, undefined]);
        if (first === undefined && mine === undefined) expect([path, after[path]]).toEqual([path, second]);
      }
      await upgradeTo(root, release(2, v2), { force: true });
      expect(content(root)).toEqual(after);
    }),
    parameters,
  );
}, 600_000);

test('12: skipping a version gives what going through it gives, where nothing is in conflict', async () => {
  let compared = 0;
  await fc.assert(
    // Which of two equal lines was taken out nobody can tell afterwards, and two ways may guess differently.
    fc.asyncProperty(history(distinct), async ({ v1, v2, v3, edits }) => {
      // Whoever deletes a file, or makes one of his own, decides between two versions: then the way matters.
      const user = edited(v1, edits.filter(({ kind, path }) => kind !== 'delete-file' && v1.has(path) && v2.has(path) && v3.has(path)));
      const [direct, stepwise] = [projectOf(v1, user), projectOf(v1, user)];
      const outcomes = [await upgradeTo(direct, release(3, v3)), await upgradeTo(stepwise, release(2, v2)), await upgradeTo(stepwise, release(3, v3), { force: true })];
      if (outcomes.some(({ files }) => files.some(({ status }) => status === 'conflict'))) return;
      compared++;
      expect(content(stepwise)).toEqual(content(direct));
    }),
    parameters,
  );
  expect(compared).toBeGreaterThan(RUNS / 10);
}, 600_000);
