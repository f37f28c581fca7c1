import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Metafile } from 'esbuild';

import { licensesOf } from './licenses.js';

/** What the built plugin may ask for at run time: itself nothing, its command the user's ESLint. */
const ALLOWED_IMPORTS = new Set(['eslint']);

const folder = fileURLToPath(new URL('../eslint-plugin/', import.meta.url));
const dist = join(folder, 'dist');

/**
 * Builds the plugin as users get it: ESM without dependencies, the page of each rule beside it.
 *
 * @throws if the bundle would import what its users may not have
 */
export async function buildEslintPlugin(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { index: 'src/index.ts', 'hcnode-lint': 'src/cli/bin.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Readable, since people look into what lints their code; it is loaded once a run.
    minifySyntax: true,
    legalComments: 'inline',
    external: ['eslint'],
    plugins: [{
      name: 'the part of typescript-eslint that needs neither TypeScript nor ESLint',
      setup: (builder) => builder.onResolve({ filter: /^@typescript-eslint\/utils$/ }, () => ({ path: fileURLToPath(new URL('typescript-eslint-part.js', import.meta.url)) })),
    }],
    metafile: true,
    logLevel: 'warning',
  });
  refuseForeignImports(metafile);
  chmodSync(join(dist, 'hcnode-lint.js'), 0o755);
  writeFileSync(join(dist, 'LICENSES.txt'), licensesOf(metafile, folder));
  mkdirSync(join(dist, 'rules'));
  const pages = readdirSync(join(folder, 'src/rules')).filter((name) => name.endsWith('.md'));
  for (const page of pages) copyFileSync(join(folder, 'src/rules', page), join(dist, 'rules', page));
}

function refuseForeignImports({ outputs }: Metafile): void {
  const foreign = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external === true && !ALLOWED_IMPORTS.has(path) && !isBuiltin(path));
  if (foreign.length > 0) throw new Error(`The built plugin imports ${foreign.map(({ path }) => path).join(', ')}, which its users may not have`);
}
