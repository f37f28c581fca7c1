import { defineConfig } from 'vitest/config';

/** Black-box tests of the emitted service: processes, signals, sockets. `chaos` is quick; `chaos-full` waits as long as the defaults do. */
const shared = {
  globalSetup: [`${import.meta.dirname}/harness/project.ts`],
  // Each test counts processes and requests on a machine it wants for itself.
  fileParallelism: false,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'chaos', include: ['test/chaos/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'chaos-full', include: ['test/chaos/full/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
