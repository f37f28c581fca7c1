import { existsSync, readFileSync } from 'node:fs';

/** The folder of our own package, found by name: the same from source, from dist/ and when installed. */
export const packageRoot = findPackageRoot(new URL('.', import.meta.url));

function findPackageRoot(folder: URL): URL {
  const manifest = new URL('package.json', folder);
  if (existsSync(manifest) && nameIn(manifest) === 'create-hcnode') return folder;
  const parent = new URL('..', folder);
  if (parent.href === folder.href) throw new Error(`create-hcnode is damaged: no package.json of its own above ${import.meta.url}`);
  return findPackageRoot(parent);
}

function nameIn(manifest: URL): unknown {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
}
