import type { Project } from '../../templates/project.js';
import { modeOf, type Mode } from './mode.js';
import { ownerOf, type Owner } from './owner.js';
import { templateId, type Renames } from './template-id.js';

/** A file as a version of the templates writes it. */
export interface TemplateFile {
  /** Stays the same when a later version moves the file. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly mode: Mode;
  readonly owner: Owner;
}

/** @throws {Error} when two files have the same id: the path of a file that was moved is used again */
export function describeFiles(composed: ReadonlyMap<string, string>, project: Project, renames: readonly Renames[]): readonly TemplateFile[] {
  const files = [...composed].map(([path, text]) => ({ id: templateId(path, project, renames), path, text, mode: modeOf(text), owner: ownerOf(path) }));
  const twice = files.find(({ id }, index) => files.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new Error(`${twice.path} has the id of another file, ${twice.id}: the path of a file that was moved is not used again`);
  return files;
}
