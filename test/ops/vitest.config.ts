import { defineConfig } from 'vitest/config';

/** Drives the programs that read our configuration: nginx, Prometheus, Alertmanager. */
export default defineConfig({
  test: {
    name: 'ops',
    include: ['test/ops/*.test.ts'],
    globalSetup: [`${import.meta.dirname}/harness/project.ts`],
    env: { CHAOS_FIRST_PORT: process.env['OPS_FIRST_PORT'] ?? '4350' },
    // Each test counts requests on a machine it wants for itself.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
