import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

import type { ESLint, Linter } from 'eslint';

interface Neighbour {
  readonly packageName: string;
  readonly namespace: string;
  readonly rules: readonly string[];
}

/** What others do well and we leave to them. Their rules that need no types. */
const neighbours: readonly Neighbour[] = [
  { packageName: 'eslint-plugin-regexp', namespace: 'regexp', rules: ['no-super-linear-backtracking', 'no-super-linear-move'] },
  { packageName: 'eslint-plugin-node-security', namespace: 'node-security', rules: ['no-unbounded-decompression'] },
  { packageName: 'eslint-plugin-promise', namespace: 'promise', rules: ['no-multiple-resolved'] },
  { packageName: 'eslint-plugin-n', namespace: 'n', rules: ['no-deprecated-api'] },
];

const TYPED_RULES = ['no-floating-promises', 'no-misused-promises'];

interface TypedLinting {
  readonly plugin?: ESLint.Plugin;
  readonly parser?: Linter.Parser;
}

/**
 * Configurations that turn on the rules of the neighbours that are installed in a project.
 *
 * @param folder where the project is; its packages are looked for there, not where this plugin lies
 */
export function configsOfPeers(folder = process.cwd()): Linter.Config[] {
  const load = createRequire(join(folder, 'eslint.config.js'));
  const untyped = neighbours.flatMap(({ packageName, namespace, rules }) => {
    const plugin = loadOf(load, packageName) as ESLint.Plugin | undefined; // Its name says that it is one.
    const known = rules.filter((name) => plugin?.rules?.[name] !== undefined);
    if (plugin === undefined || known.length === 0) return [];
    return [{ name: `hcnode/peers/${namespace}`, plugins: { [namespace]: plugin }, rules: severities(namespace, known) }];
  });
  return [...untyped, ...typedConfig(load, folder)];
}

/** Rules that ask for types throw without them, so they come with a parser that has them, and only where there is a tsconfig.json. */
function typedConfig(load: NodeJS.Require, folder: string): Linter.Config[] {
  const { plugin, parser } = (loadOf(load, 'typescript-eslint') ?? {}) as TypedLinting; // As its documentation says.
  if (plugin === undefined || parser === undefined || !existsSync(join(folder, 'tsconfig.json'))) return [];
  return [{
    name: 'hcnode/peers/@typescript-eslint',
    files: ['**/*.{ts,tsx,mts,cts}'],
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: folder } },
    plugins: { '@typescript-eslint': plugin },
    rules: severities('@typescript-eslint', TYPED_RULES),
  }];
}

function severities(namespace: string, names: readonly string[]): Record<string, 'error'> {
  return Object.fromEntries(names.map((name) => [`${namespace}/${name}`, 'error'] as const));
}

function loadOf(load: NodeJS.Require, packageName: string): unknown {
  try {
    const loaded: unknown = load(packageName);
    return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;
  } catch {
    return undefined; // Not installed, or not for this version of Node.js or TypeScript: then it is no neighbour.
  }
}
