import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';
import { start } from './start.js';

/** The emitted exporter beside nginx. It ends with the test. @returns the port of its metrics */
export async function startExporter({ logPort, statusPort }: { readonly logPort: number; readonly statusPort: number }): Promise<number> {
  const port = await freePort();
  start(process.execPath, [join(inject('opsFolder'), 'ops/nginx/exporter.mjs')], {
    folder: mkdtempSync(join(tmpdir(), 'hcnode-exporter-')),
    environment: { LOG_PORT: String(logPort), METRICS_PORT: String(port), STATUS_URL: `http://127.0.0.1:${statusPort}/nginx-status` },
  });
  await until('the exporter answers', async () => (await send({ port, path: '/metrics' })).kind === 'ok');
  return port;
}
