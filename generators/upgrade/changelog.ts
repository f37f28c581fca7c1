import { compareVersions, isVersion } from './compare-versions.js';
import type { Release } from './release.js';

const HEADING = /^## \[?v?(\d[^\s\]]*)\]?/;
const BREAKING = /^(\*\*)?breaking\b/i;

/** What has changed after version `from` up to this one, from the changelog and the migrations, breaking changes first. */
export function notesSince(from: string | undefined, { version, changelog, migrations }: Release): readonly string[] {
  if (from === undefined) return [];
  const isSince = (candidate: string): boolean => isVersion(candidate) && compareVersions(candidate, from) > 0 && compareVersions(candidate, version) <= 0;
  const noted = [...itemsOf(changelog, isSince), ...migrations.filter((migration) => isSince(migration.version)).flatMap(({ notes = [] }) => notes)];
  return [...noted.filter((note) => BREAKING.test(note)), ...noted.filter((note) => !BREAKING.test(note))];
}

/** The items of the lists below the headings of some versions, each in one line. */
function itemsOf(changelog: string, isWanted: (version: string) => boolean): readonly string[] {
  const items: string[] = [];
  let isInside = false;
  for (const line of changelog.split('\n')) {
    const heading = HEADING.exec(line);
    if (heading !== null) isInside = isWanted(heading[1] ?? '');
    else if (isInside && /^[-*] /.test(line)) items.push(line.slice(2).trim());
    else if (isInside && /^ +\S/.test(line) && items.length > 0) items[items.length - 1] = `${items.at(-1) ?? ''} ${line.trim()}`;
  }
  return items;
}
