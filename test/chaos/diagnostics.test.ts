import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startLoad } from './harness/load.js';
import { send } from './harness/requests.js';
import { readWorkers, startService } from './harness/service.js';
import type { Service } from './harness/service.js';

async function startWithFolder(env: Readonly<Record<string, string>> = {}): Promise<{ service: Service; folder: string; worker: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-diagnostics-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const service = await startService({ env: { DIAGNOSTICS_DIR: folder, HEARTBEAT_TIMEOUT_MS: '2000', ...env } });
  const [worker] = await readWorkers(service);
  if (worker === undefined) throw new Error('there is no worker');
  return { service, folder, worker: worker.id };
}

describe.each(inject('sideModes'))('diagnostics under load with LISTEN=%s', (LISTEN) => {
  it.each(['heap-snapshot', 'cpu-profile?seconds=1', 'heap-profile?seconds=1'])('%s loses no request and no worker, and its file can be had', async (action) => {
    const { service, folder, worker } = await startWithFolder({ LISTEN });
    const before = service.workers();
    const load = startLoad({ port: service.port, clients: 4, connections: 'keep-alive', timeoutMs: 30_000 });

    const { answer, kind } = await send({ port: service.adminPort, path: `/workers/${worker}/${action}`, method: 'POST', timeoutMs: 40_000 });

    expect(kind).toMatch(/^(ok|status 201)$/);
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    expect(answer?.body).toContain(files[0]);
    const download = await send({ port: service.adminPort, path: `/diagnostics/${files[0] ?? ''}`, timeoutMs: 40_000 });
    expect(JSON.parse(download.answer?.body ?? '')).toBeTypeOf('object');
    expect((await load.stop()).failures).toEqual([]);
    expect(service.workers()).toEqual(before);
  });
});

describe('diagnostics', () => {
  it('give no other file', async () => {
    const { service } = await startWithFolder();

    for (const path of ['/diagnostics/../package.json', '/diagnostics/..%2fpackage.json', '/diagnostics/%2e%2e/package.json', '/diagnostics//etc/passwd', '/diagnostics/%00', '/diagnostics/.']) {
      const { answer } = await send({ port: service.adminPort, path });
      expect([path, answer?.status]).toEqual([path, expect.toSatisfy((status: number) => status === 400 || status === 404)]);
    }
  });

  it('refuse a duration that is none', async () => {
    const { service, worker } = await startWithFolder();

    for (const seconds of ['0', '-1', 'abc', '1e9', '99999']) {
      const { kind } = await send({ port: service.adminPort, path: `/workers/${worker}/cpu-profile?seconds=${seconds}`, method: 'POST', timeoutMs: 5000 });
      expect([seconds, kind]).toEqual([seconds, 'status 400']);
    }
  });

  it.each(['/dev/null/nowhere', '/proc/nowhere/at/all'])('answer with an error when the folder %s cannot be made, and no process suffers', async (DIAGNOSTICS_DIR) => {
    const { service, worker } = await startWithFolder({ DIAGNOSTICS_DIR });
    const before = service.workers();

    const { answer } = await send({ port: service.adminPort, path: `/workers/${worker}/heap-snapshot`, method: 'POST', timeoutMs: 30_000 });

    expect(answer?.status).toBe(507);
    expect(service.workers()).toEqual(before);
    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
  });
});
