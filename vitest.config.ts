import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node.js. `product` drives the built bundle as users do. The others have their own files in test/. */
export default defineConfig({
  test: {
    // By itself vitest leaves one core of two idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          // What we emit holds tests of its own, for another runner.
          exclude: ['**/node_modules/**', 'templates/*/files/**', 'eslint-plugin/test/full/**', 'eslint-plugin/test/packages/**'],
          include: ['generators/**/*.test.ts', 'templates/**/*.test.ts', 'eslint-plugin/**/*.test.ts', 'test/composition.test.ts', 'test/templates.test.ts'],
          setupFiles: ['eslint-plugin/test/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'product',
          exclude: ['test/composition.test.ts', 'test/templates.test.ts'],
          include: ['test/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
