import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { features } from '../templates/features.js';

const templates = fileURLToPath(new URL('../templates/', import.meta.url));
const folders = readdirSync(templates).filter((name) => existsSync(join(templates, name, 'files')) || existsSync(join(templates, name, 'feature.ts')));
const files = folders.flatMap((folder) => below(join(templates, folder, 'files')));

test('every folder is a feature in the list, and every feature a folder', () => {
  expect(features.map(({ name }) => name).sort()).toEqual(folders.filter((folder) => below(join(templates, folder)).length > 0).sort());
});

test('templates hold values only: no control flow, nothing unescaped', () => {
  for (const file of files.filter((path) => path.endsWith('.ejs'))) {
    const tags = readFileSync(file, 'utf8').match(/<%[^]*?%>/g) ?? [];
    for (const tag of tags) expect(tag, relative(templates, file)).toMatch(/^<%= [\w.]+ %>$/);
  }
});

test('TypeScript has no holes, and a hole has an ending that says so', () => {
  for (const file of files.filter((path) => !path.endsWith('.ejs'))) expect(readFileSync(file, 'utf8'), relative(templates, file)).not.toMatch(/<%[=-]/);
});

test('no file has a name that npm leaves out of packages, or a line end of Windows', () => {
  for (const file of files) {
    expect(relative(templates, file)).not.toMatch(/(^|\/)(\.(git.*|npm.*|DS_Store)|node_modules|package-lock\.json)(\/|$)|\.orig$/);
    expect(readFileSync(file, 'utf8'), relative(templates, file)).not.toContain('\r');
  }
});

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}
