import { existsSync, readFileSync } from 'node:fs';

import type { Project } from '../../templates/project.js';
import { compose } from '../compose/compose.js';
import { packageRoot } from '../package-root.js';
import { describeFiles, type TemplateFile } from '../state/template-file.js';
import { readVersion } from '../version.js';
import type { Migration } from './migration.js';
import { migrations } from './migrations.js';

/** A version of the templates, and how projects of earlier ones get there. Tests make versions up. */
export interface Release {
  readonly version: string;
  /** The earliest first. */
  readonly migrations: readonly Migration[];
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  readonly compose: (project: Project) => ReadonlyMap<string, string>;
}

/** This version. */
export function thisRelease(): Release {
  const changelog = new URL('CHANGELOG.md', packageRoot);
  return { version: readVersion(), migrations, changelog: existsSync(changelog) ? readFileSync(changelog, 'utf8') : '', compose };
}

/** What a release writes for these answers, in the order of the paths. */
export const renderRelease = ({ compose: composeRelease, migrations: known }: Release, project: Project): readonly TemplateFile[] =>
  describeFiles(composeRelease(project), project, known);
