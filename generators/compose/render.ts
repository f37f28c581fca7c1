import type { images } from '../../templates/images.js';
import type { packageManagers } from '../../templates/package-manager.js';
import type { Project } from '../../templates/project.js';
import type { Settings } from '../../templates/service/files/src/read-settings.js';

/** What a template can ask for. */
export interface Values {
  readonly project: Project;
  /** The settings of the emitted service, with the user's answers as defaults. */
  readonly settings: Settings;
  readonly images: typeof images;
  readonly packageManager: (typeof packageManagers)[Project['packageManager']];
}

/**
 * What a hole may be filled with: numbers, and words that mean themselves in YAML, nginx, shell, JSON, systemd and Dockerfiles alike.
 * Answers are checked long before; this stops what got past, and what a template should not ask for.
 */
const PLAIN = /^[A-Za-z0-9._:/@=+-]*( [A-Za-z0-9._:/@=+-]+)*$/;

/** `<%= project.name %>`: a path into the values, and nothing else. It is not evaluated, so no template can do more than name a value. */
const HOLE = /<%= ([A-Za-z]\w*(?:\.\w+)*) %>/g;

/**
 * Fills the holes of a template.
 * @throws {Error} naming the template when a hole asks for what does not exist, when a value could mean more than itself in some format,
 *   and for every other use of `<%`
 */
export function render(template: string, text: string, values: Values): string {
  const filled = text.replaceAll(HOLE, (hole, path: string) => plain(valueAt(values, path), `${template}: ${hole}`));
  if (/<%|%>/.test(filled)) throw new Error(`${template}: a hole holds the name of a value, as in <%= project.name %>, and nothing else`);
  return filled;
}

function plain(value: unknown, where: string): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && PLAIN.test(value)) return value;
  throw new Error(`${where} must be a number or plain words, not ${JSON.stringify(value)}`);
}

/** A misspelled name must stop the build, and not print nothing. */
function valueAt(values: unknown, path: string): unknown {
  return path.split('.').reduce((value, name) => {
    const entry = typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name) : undefined;
    if (entry === undefined) throw new Error(`a template asks for "${name}" in ${path}, which does not exist`);
    return entry[1] as unknown;
  }, values);
}
