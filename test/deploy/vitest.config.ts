import { defineConfig } from 'vitest/config';

/**
 * What we emit to deploy a service, read by the programs and schemas that it is for. `deploy` is quick; `deploy-full` installs packages, builds and
 * runs what was built.
 */
const shared = { env: { CHAOS_FIRST_PORT: process.env['DEPLOY_FIRST_PORT'] ?? '4500' }, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'deploy', include: ['test/deploy/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'deploy-full', include: ['test/deploy/full/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
