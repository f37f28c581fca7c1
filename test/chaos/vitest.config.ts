import { defineConfig } from 'vitest/config';

/**
 * Black-box tests of the emitted service: processes, signals, sockets. `chaos` is for every day. `chaos-full` adds what waits
 * as long as the defaults do, and tries everything with LISTEN=shared too, not kills, reloads and shutdowns only.
 */
const shared = {
  globalSetup: [`${import.meta.dirname}/harness/project.ts`],
  // Tests mostly wait, so two at a time; more of them would measure each other.
  maxWorkers: 2,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'chaos', include: ['test/chaos/*.test.ts'], provide: { sideModes: ['dispatch'] }, testTimeout: 60_000 } },
      { test: { ...shared, name: 'chaos-full', include: ['test/chaos/**/*.test.ts'], provide: { sideModes: ['dispatch', 'shared'] }, testTimeout: 300_000 } },
    ],
  },
});
