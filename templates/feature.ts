import type emitted from './package.json';
import type { Project } from './project.js';
import type { Setting } from './service/files/src/read-settings.js';

/** A package we may emit stands in package.json beside this file, where its version lives. */
export type EmittedPackage = keyof typeof emitted.dependencies | keyof typeof emitted.devDependencies;

/** What is built rather than written: text as it is; an object is stored as JSON or YAML, by the path's ending. */
export type Built = string | object;

/**
 * One thing the user can have. The files it has to itself lie in files/ beside its feature.ts: copied byte for byte,
 * or rendered when they end in `.ejs`. `readme.md` beside it is its section of the emitted README.
 * What it adds to files it shares with others is data, below.
 */
export interface Feature {
  readonly name: string;
  readonly about: string;
  /** Whether these answers ask for it; a feature without it is always there. */
  chosen?(project: Project): boolean;
  /** The table of environment variables that the emitted code itself reads. */
  readonly settings?: Readonly<Record<string, Setting>>;
  readonly dependencies?: readonly EmittedPackage[];
  readonly devDependencies?: readonly EmittedPackage[];
  readonly scripts?: Readonly<Record<string, string>>;
  /** What `npm run check:configs` runs, without a shell: what is checked, the program, and others that it needs. */
  readonly checks?: readonly { readonly name: string; readonly program: string; readonly arguments: readonly string[]; readonly needs?: readonly string[] }[];
  /** Services for compose.yaml: as data, or as text where comments belong to it. */
  services?(project: Project): Readonly<Record<string, Built>>;
  /** Files of its own that are easier built than written, by path. */
  data?(project: Project): Readonly<Record<string, Built>>;
}

export const defineFeature = <const Definition extends Feature>(feature: Definition): Definition => feature;
