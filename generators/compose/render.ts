import ejs from 'ejs';

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

/**
 * Fills the holes of a template: `<%= project.name %>`, values only.
 * @throws {Error} naming the template when a name is unknown, or when a value could mean more than itself in some format.
 */
export function render(template: string, text: string, values: Values): string {
  if (!text.includes('<%')) return text;
  return ejs.render(text, known(values), { escape: plain, filename: template, strict: true, localsName: 'values', destructuredLocals: Object.keys(values) });
}

function plain(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && PLAIN.test(value)) return value;
  throw new Error(`a template may hold plain words and numbers, not ${JSON.stringify(value)}`);
}

/** EJS prints nothing for an unknown property; a misspelled one must stop the build. */
function known<T extends object>(values: T): T {
  return new Proxy(values, {
    get(target, key) {
      if (!(key in target)) throw new Error(`a template asks for "${String(key)}", which does not exist`);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? known(value) : value;
    },
  });
}
