import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What we emit holds tests of its own, for another runner.
    exclude: ['**/node_modules/**', 'templates/*/files/**', 'dist/**'],
    setupFiles: ['eslint-plugin/test/setup.ts'],
    include: ['generators/**/*.test.ts', 'templates/**/*.test.ts', 'eslint-plugin/**/*.test.ts'],
  },
});
