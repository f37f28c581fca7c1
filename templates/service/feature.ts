import { defineFeature } from '../feature.js';
import { settings } from './files/src/settings.js';

export default defineFeature({
  name: 'service',
  about: 'Clustered HTTP service',
  settings,
  dependencies: ['fastify', 'pino', 'piscina', 'prom-client'],
  devDependencies: ['@eslint/js', '@types/autocannon', '@types/node', '@types/ws', 'autocannon', 'eslint', 'pino-pretty', 'tsx', 'typescript', 'typescript-eslint', 'ws'],
  scripts: {
    build: 'tsc -p tsconfig.build.json',
    'build:chaos': 'tsc -p tsconfig.chaos.json',
    dev: 'tsx watch --clear-screen=false --include "src/**/*.ts" --include .env src/dev.ts',
    lint: 'eslint .',
    load: 'npm run build && tsx test/load.ts',
    start: 'node dist/main.js',
    test: 'npm run build && npm run build:chaos && node --import tsx --test --test-concurrency=1 test/*.test.ts',
  },
  data: ({ port, adminPort, workers }) => ({
    'src/project.ts': [
      '/** What this service was created with: the defaults of its settings. The environment wins. */',
      `export const defaults = { PORT: ${port}, ADMIN_PORT: ${adminPort}, WORKERS: ${JSON.stringify(workers)} } as const;`,
      '',
    ].join('\n'),
    'tsconfig.json': {
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023'],
        module: 'nodenext',
        types: ['node'],
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        verbatimModuleSyntax: true,
        erasableSyntaxOnly: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['src', 'test'],
    },
    'tsconfig.build.json': {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: false, rootDir: 'src', outDir: 'dist', sourceMap: true },
      include: ['src'],
      exclude: ['src/chaos.ts', 'src/chaos-app.ts', 'src/dev.ts'],
    },
    'tsconfig.chaos.json': {
      extends: './tsconfig.build.json',
      include: ['src'],
      exclude: ['src/dev.ts'],
    },
  }),
});
