import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type BuildOptions, type Plugin } from 'esbuild';

import { buildEslintPlugin } from './build-eslint-plugin.js';
import { licensesOf } from './licenses.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const common = { bundle: true, platform: 'node', format: 'esm', minify: true, legalComments: 'none', absWorkingDir: root, outdir: dist, logLevel: 'warning' } as const satisfies BuildOptions;

/** Half of Grafana's SDK builds dashboards in a form that is not ours (dashboardv2): left out, a bundle that loads faster. */
const grafanaWithoutItsNextForm: Plugin = {
  name: 'Grafana without its next form',
  setup(builder) {
    builder.onResolve({ filter: /\/(dashboardv2(beta1)?|visualization(V2)?Builder\.gen|query(V2)?Builder\.gen)$/ }, ({ path, importer }) =>
      importer.includes('grafana-foundation-sdk') ? { path, namespace: 'nothing' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {};' }));
  },
};

rmSync(dist, { recursive: true, force: true });

// Its own bundle, in words that old versions of Node.js understand: it is the one that tells them that they are too old.
await build({
  ...common,
  entryPoints: { 'create-hcnode': 'bin/create-hcnode.ts' },
  target: 'node12.20',
  banner: { js: '#!/usr/bin/env node' },
  plugins: [{ name: 'main stays apart', setup: (builder) => builder.onResolve({ filter: /\/main\.js$/ }, () => ({ path: './main.js', external: true })) }],
});

const { metafile } = await build({
  ...common,
  // `generator` is the face for Yeoman, which brings its own base class.
  entryPoints: { main: 'generators/cli/main.ts', generator: 'generators/app/index.ts' },
  target: 'node20.19',
  splitting: true,
  metafile: true,
  // A library behind the prompts is not a module yet and asks for node:stream by require.
  banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
  external: ['yeoman-generator'],
  alias: {
    // Its other form asks for its own files in a way that a bundler does not see.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    // Grafana's SDK is CommonJS. The form of its helpers that a bundler prefers is copied for each of its files, at every start.
    tslib: 'tslib/tslib.js',
  },
  plugins: [grafanaWithoutItsNextForm],
});

chmodSync(join(dist, 'create-hcnode.js'), 0o755);
writeFileSync(join(dist, 'LICENSES.txt'), licensesOf(metafile, root));

await buildEslintPlugin();
