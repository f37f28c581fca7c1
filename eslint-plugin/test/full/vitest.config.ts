import { defineConfig } from 'vitest/config';

/** What needs other packages than this repository has: minutes, and the package registry. Part of `npm run test:full`. */
export default defineConfig({
  test: {
    name: 'eslint-plugin-full',
    include: ['eslint-plugin/test/full/*.test.ts', 'eslint-plugin/test/packages/*.test.ts'],
    setupFiles: ['eslint-plugin/test/setup.ts'],
    // Each builds and installs: side by side they would only be in each other's way.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
