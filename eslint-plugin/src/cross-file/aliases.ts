import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

import { createPathsMatcher, getTsconfig, type PathsMatcher } from 'get-tsconfig';
import { resolveExports, resolveImports, type PathConditions, type PathConditionsMap } from 'resolve-pkg-maps';

/** What an import without a leading dot may mean in a project: paths relative to its folder, without a claim that they are there. */
export type Aliases = (fromFile: string, specifier: string) => readonly string[];

interface Package {
  readonly name?: string;
  readonly main?: string;
  readonly exports?: PathConditions;
  readonly imports?: PathConditionsMap;
}

const CONDITIONS = ['import', 'require', 'node', 'types', 'default'];
/** Folders of what is built, and of what it is built from. */
const BUILT = /(^|\/)(dist|build|lib|out|esm|cjs)\//;

/**
 * Reads `paths` and `baseUrl` of tsconfig.json, `imports` of package.json, and the names of the project's own packages (workspaces).
 * A file that cannot be read, or not be understood, says nothing.
 *
 * @param cwd the folder that names of files are relative to
 * @param files all that are known: packages beside them are the project's own
 */
export function projectAliases(cwd: string, files: Iterable<string>): Aliases {
  const folders = foldersOf(files);
  const packages = new Map([...folders].flatMap((folder): [string, Package][] => {
    const found = readPackage(join(cwd, folder, 'package.json'));
    return found === undefined ? [] : [[folder, found]];
  }));
  const byName = new Map([...packages].flatMap(([folder, { name }]): [string, string][] => (name === undefined ? [] : [[name, folder]])));
  const matchers = new Map<string, PathsMatcher | null>();

  function matcherOf(folder: string): PathsMatcher | null {
    const before = matchers.get(folder);
    if (before !== undefined) return before;
    const matcher = makeMatcher(join(cwd, folder));
    matchers.set(folder, matcher);
    return matcher;
  }

  function ofPackage(specifier: string): readonly string[] {
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const folder = byName.get(name);
    const own = folder === undefined ? undefined : packages.get(folder);
    if (folder === undefined || own === undefined) return [];
    const inner = specifier.slice(name.length + 1);
    const { exports } = own;
    const mapped = exports === undefined ? [] : attempt(() => resolveExports(exports, inner, CONDITIONS));
    const entry = inner === '' ? [...(own.main === undefined ? [] : [own.main]), 'src/index', 'index'] : [inner, `src/${inner}`];
    return withSources([...mapped, ...entry]).map((path) => posix.join(folder, path));
  }

  return (fromFile, specifier) => {
    if (specifier.startsWith('.') || specifier.startsWith('node:')) return [];
    if (specifier.startsWith('#')) {
      const folder = nearest(fromFile, (each) => packages.get(each)?.imports !== undefined);
      const imports = folder === undefined ? undefined : packages.get(folder)?.imports;
      return folder === undefined || imports === undefined ? [] : withSources(attempt(() => resolveImports(imports, specifier, CONDITIONS))).map((path) => posix.join(folder, path));
    }
    const paths = matcherOf(posix.dirname(fromFile))?.(specifier) ?? [];
    return [...paths.map((path) => relative(cwd, path).split(sep).join('/')), ...ofPackage(specifier)];
  };
}

/** All folders that hold files, and those around them. */
function foldersOf(files: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>(['.']);
  for (const file of files) {
    for (let folder = posix.dirname(file); !folders.has(folder) && !folder.startsWith('..'); folder = posix.dirname(folder)) folders.add(folder);
  }
  return folders;
}

function nearest(file: string, isIt: (folder: string) => boolean): string | undefined {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    if (isIt(folder)) return folder;
    if (folder === '.' || folder === '/') return undefined;
  }
}

function readPackage(path: string): Package | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function makeMatcher(folder: string): PathsMatcher | null {
  try {
    const config = getTsconfig(folder);
    return config === null ? null : createPathsMatcher(config);
  } catch {
    return null;
  }
}

function attempt(resolve: () => readonly string[]): readonly string[] {
  try {
    return resolve();
  } catch {
    return []; // A package map may refuse a path.
  }
}

/** Each path, and the one it was probably built from: `src/repo.js` of `dist/repo.js`. */
function withSources(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => (BUILT.test(path) ? [path, path.replace(BUILT, '$1src/'), path.replace(BUILT, '$1')] : [path]));
}
