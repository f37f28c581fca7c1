import type { Project } from '../../templates/project.js';

/** The part of a migration that ids are made of. */
export interface Renames {
  readonly renames?: Readonly<Record<string, string>>;
}

/** A file that is called like the service is the same file under another name of the service. */
const namedByAnswers = ({ name }: Project): ReadonlyMap<string, string> => new Map([[`ops/systemd/${name}.service`, 'ops/systemd/{name}.service']]);

/** The path at which a file was first written: its name through all versions. */
export function templateId(path: string, project: Project, renames: readonly Renames[]): string {
  const id = namedByAnswers(project).get(path) ?? path;
  return renames.toReversed().reduce((current, { renames: moved = {} }) => {
    const before = Object.entries(moved).find(([, after]) => after === current);
    return before?.[0] ?? current;
  }, id);
}
