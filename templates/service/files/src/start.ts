import cluster from 'node:cluster';

import type { BuildApp } from './worker/app-contract.js';

/**
 * The one program that all processes run: the first is the primary, those that it forks are workers.
 * Each loads only what it needs: the primary never sees the application, so a bad release cannot break it.
 */
export async function start(loadApp: () => Promise<BuildApp>): Promise<void> {
  if (cluster.isPrimary) {
    const { startPrimary } = await import('./primary/primary.js');
    await startPrimary();
    return;
  }
  const { startWorker } = await import('./worker/worker.js');
  await startWorker(loadApp);
}
