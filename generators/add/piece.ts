import { camelCase } from './names.js';

/** A line that goes into a file that is there already. */
export interface Insertion {
  readonly path: string;
  /** For a person who has to do it by hand. */
  readonly lines: readonly string[];
  /** The text with the lines in it; undefined where the place for them is gone. */
  readonly into: (text: string) => string | undefined;
}

/** Code that `add` writes: new files, and what joins them to the rest. */
export interface Piece {
  readonly files: ReadonlyMap<string, string>;
  readonly insertions: readonly Insertion[];
}

/** A route of Fastify with its test, in the list of routes. */
export function routePiece(name: string): Piece {
  const identifier = `${camelCase(name)}Routes`;
  return {
    files: new Map([
      [`src/app/routes/${name}.ts`, `import type { Routes } from '../app.js';

const schema = {
  querystring: { type: 'object', properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } } },
  response: { 200: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } }, limit: { type: 'integer' } } } },
} as const;

/** A beginning: answers an empty list. Replace it by what /${name} is to do. */
export const ${identifier}: Routes = (app) => {
  app.get<{ Querystring: { limit: number } }>('/${name}', { schema }, ({ query: { limit } }) => ({ items: [], limit }));
};
`],
      [`test/${name}-route.test.ts`, `import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withService } from './support/service.js';

test('GET /${name} answers, and refuses what is out of bounds', async () => {
  await withService({}, async ({ url }) => {
    const response = await fetch(\`\${url}/${name}?limit=5\`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { items: [], limit: 5 });
    assert.equal((await fetch(\`\${url}/${name}?limit=0\`)).status, 400);
  });
});
`],
    ]),
    insertions: [
      {
        path: 'src/app/app.ts',
        lines: [`import { ${identifier} } from './routes/${name}.js';`, `const routes: readonly Routes[] = [ …, ${identifier}];`],
        into: (text) => withImport(inList(text, identifier), `import { ${identifier} } from './routes/${name}.js';`, /^import .* from '\.\/routes\/.*';$/gm),
      },
      readmeRow('Routes', `| \`GET /${name}\` | \`src/app/routes/${name}.ts\` |`),
    ],
  };
}

/** A function for the thread pool with its test, in the table of tasks. */
export function taskPiece(name: string): Piece {
  const identifier = camelCase(name);
  const type = `${identifier.charAt(0).toUpperCase()}${identifier.slice(1)}Input`;
  return {
    files: new Map([
      [`src/tasks/${name}.ts`, `export interface ${type} {
  readonly values: readonly number[];
}

/** A beginning: adds numbers. Replace it by the CPU work; it runs in a thread, so input and result are copied. */
export function ${identifier}({ values }: ${type}): number {
  return values.reduce((sum, value) => sum + value, 0);
}
`],
      [`test/${name}-task.test.ts`, `import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tasks } from '../src/tasks/tasks.js';

test('the task ${identifier} is in the table, and does its work', () => {
  assert.equal(tasks.${identifier}({ values: [1, 2, 3] }), 6);
});
`],
    ]),
    insertions: [
      {
        path: 'src/tasks/tasks.ts',
        lines: [`import { ${identifier} } from './${name}.js';`, `export const tasks = { …, ${identifier} }`],
        into: (text) => withImport(inTable(text, identifier), `import { ${identifier} } from './${name}.js';`, /^import .* from '\.\/.*';$/gm),
      },
      readmeRow('Tasks', `| \`runTask('${identifier}', input)\` | \`src/tasks/${name}.ts\` |`),
    ],
  };
}

/** `[one, two]` becomes `[one, two, three]`. */
const inList = (text: string, identifier: string): string | undefined => replaced(text, /^(const routes: readonly Routes\[\] = \[[^\]]*?),?(\s*\];)$/m, `$1, ${identifier}$2`);

const inTable = (text: string, identifier: string): string | undefined => replaced(text, /^(export const tasks = \{\n(?:(?! *\}).*\n)*)(\} as const)/m, `$1  ${identifier},\n$2`);

function replaced(text: string, pattern: RegExp, by: string): string | undefined {
  return pattern.test(text) ? text.replace(pattern, by) : undefined;
}

/** After the last import of its kind, else after the last import. */
function withImport(text: string | undefined, line: string, kind: RegExp): string | undefined {
  if (text === undefined) return undefined;
  const last = [...text.matchAll(kind)].at(-1) ?? [...text.matchAll(/^import .*;$/gm)].at(-1);
  if (last === undefined) return `${line}\n${text}`;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}

/** The last row of the first table under a heading of README.md. */
function readmeRow(heading: string, row: string): Insertion {
  const table = new RegExp(`^(#{2,4} ${heading}\\n(?:(?!#|\\|).*\\n)*(?:\\|.*\\n)+)`, 'm');
  return { path: 'README.md', lines: [row], into: (text) => replaced(text, table, `$1${row.replaceAll('$', '$$$$')}\n`) };
}
