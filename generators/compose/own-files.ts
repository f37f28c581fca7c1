import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Built, Feature } from '../../templates/feature.js';
import { packageRoot } from '../package-root.js';
import { render, type Values } from './render.js';
import { toYaml } from './yaml.js';

/** The files that a feature has to itself: those in its files/ folder, and those it builds from the answers. */
export function ownFiles(feature: Feature, values: Values): [path: string, text: string][] {
  const built = Object.entries(feature.data?.(values.project) ?? {}).map(([path, value]): [string, string] => [path, serialize(path, value)]);
  return [...writtenFiles(feature, values), ...built];
}

function writtenFiles(feature: Feature, values: Values): [string, string][] {
  const folder = fileURLToPath(new URL(`templates/${feature.name}/files/`, packageRoot));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((source) => {
      const text = readFileSync(source, 'utf8');
      return [emittedPath(relative(folder, source)), source.endsWith('.ejs') ? render(source, text, values) : text];
    });
}

/** `x.ejs` is rendered to `x`; `_x` becomes `.x`, since npm leaves some dotfiles out of packages. */
function emittedPath(source: string): string {
  return source
    .split(sep)
    .map((segment) => segment.replace(/^_/, '.'))
    .join('/')
    .replace(/\.ejs$/, '');
}

function serialize(path: string, value: Built): string {
  if (typeof value === 'string') return value;
  return path.endsWith('.json') ? `${JSON.stringify(value, null, 2)}\n` : toYaml(value);
}
