import { defineConfig } from 'vitest/config';

/** What we emit to deploy a service, read by the programs and schemas that it is for; and the parts that can be run, run. */
export default defineConfig({
  test: {
    name: 'deploy',
    include: ['test/deploy/*.test.ts'],
    env: { CHAOS_FIRST_PORT: process.env['DEPLOY_FIRST_PORT'] ?? '4500' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
