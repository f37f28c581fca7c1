import type { Project } from '../../templates/project.js';
import { canonicalBase, sha256 } from './base.js';
import type { Mode } from './mode.js';
import type { Owner } from './owner.js';
import { describeFiles } from './template-file.js';
import type { Renames } from './template-id.js';

/** What `.hcnode.json` says: which version wrote what, from which answers. Meant to be committed and read. */
export interface State {
  readonly schema: 1;
  readonly version: string;
  readonly answers: Project;
  /** SHA-256 of the canonical text in .hcnode/base.gz. */
  readonly base: string;
  /** Paths that we do not touch: the user had a file there first, or took it over. */
  readonly ejected: readonly string[];
  readonly files: readonly StateFile[];
}

interface StateFile {
  /** Stays the same when a later version moves the file. */
  readonly id: string;
  readonly path: string;
  readonly mode: Mode;
  readonly sha256: string;
  readonly owner: Owner;
}

/** What a run is about to write. */
export interface Written {
  readonly project: Project;
  readonly version: string;
  readonly composed: ReadonlyMap<string, string>;
  /** Paths of the user's own files that stand where ours would: never written, never upgraded. */
  readonly ejected: readonly string[];
  /** Every file that was ever moved, the earliest first: their ids are where they were. */
  readonly renames: readonly Renames[];
}

export function describeState({ project, version, composed, ejected, renames }: Written): State {
  return {
    schema: 1,
    version,
    answers: project,
    base: sha256(canonicalBase(composed)),
    ejected,
    files: describeFiles(composed, project, renames).map(({ id, path, text, mode, owner }) => ({ id, path, mode, sha256: sha256(text), owner })),
  };
}

/** One file on a line, so that a review shows which changed. */
export function serializeState({ files, ...head }: State): string {
  const lines = files.map((file) => `    ${JSON.stringify(file)}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "files": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
