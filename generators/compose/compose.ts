import type { Feature } from '../../templates/feature.js';
import { features } from '../../templates/features.js';
import { images } from '../../templates/images.js';
import { packageManagers } from '../../templates/package-manager.js';
import type { Project } from '../../templates/project.js';
import type { Settings } from '../../templates/service/files/src/read-settings.js';
import { ownFiles } from './own-files.js';
import type { Values } from './render.js';
import { sharedFiles } from './shared-files.js';

/**
 * Answers in, files out: path (with `/`, relative to the project) to text, in the order of the paths.
 * It writes nothing, so a test is one call; the same answers give the same bytes.
 * @throws {Error} when two features write one path, or a template asks for a value that does not exist.
 */
export function compose(project: Project): Map<string, string> {
  const chosen = chosenFeatures(project);
  const values: Values = { project, settings: projectSettings(project, chosen), images, packageManager: packageManagers[project.packageManager] };
  const all = [...chosen.flatMap((feature) => ownFiles(feature, values)), ...sharedFiles(chosen, values)];

  const twice = all.map(([path]) => path.toLowerCase()).filter((path, index, paths) => paths.indexOf(path) !== index);
  if (twice.length > 0) throw new Error(`written by two features: ${twice.join(', ')}`);
  return new Map(all.map(([path, text]): [string, string] => [path, text.replaceAll('\r\n', '\n')]).sort(byPath));
}

/** What the answers ask for, in the order of the list of features. */
function chosenFeatures(project: Project): readonly Feature[] {
  const all: readonly Feature[] = features;
  return all.filter((feature) => feature.chosen?.(project) ?? true);
}

/** The settings of the emitted service, with the user's answers as defaults. */
function projectSettings(project: Project, chosen: readonly Feature[]): Settings {
  const settings: Settings = Object.fromEntries(chosen.flatMap((feature) => Object.entries(feature.settings ?? {})));
  const answered: Readonly<Record<string, number | string>> = { PORT: project.port, ADMIN_PORT: project.adminPort, WORKERS: project.workers };
  return Object.fromEntries(
    // The answers were checked against the same limits, so a setting keeps its type.
    Object.entries(settings).map(([name, setting]) => [name, { ...setting, default: answered[name] ?? setting.default } as typeof setting]),
  );
}

/** By code unit and not by locale: the order must not depend on the machine. */
const byPath = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);
