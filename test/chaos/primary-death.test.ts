import { describe, expect, it } from 'vitest';
import { send } from './harness/requests.js';
import { startService } from './harness/service.js';
import { sleep, until } from './harness/time.js';

const GONE_WITHIN_MS = 10_000;

describe.each(['dispatch', 'shared'])('SIGKILL of the primary with LISTEN=%s', (LISTEN) => {
  it('leaves no worker when they are idle', async () => {
    const service = await startService({ env: { LISTEN } });

    service.signal('SIGKILL');

    await until('no process is left', () => service.processes().length === 0, GONE_WITHIN_MS);
  });

  it('leaves no worker when requests are under way, and these are answered', async () => {
    const service = await startService({ env: { LISTEN } });
    const requests = Array.from({ length: 4 }, () => send({ port: service.port, path: '/slow?ms=1000' }));
    await sleep(400);

    service.signal('SIGKILL');

    expect((await Promise.all(requests)).map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
    await until('no process is left', () => service.processes().length === 0, GONE_WITHIN_MS);
  });

  it('leaves no worker when one of them spins', async () => {
    const service = await startService({ env: { LISTEN } });
    const lost = send({ port: service.port, path: '/hang', timeoutMs: GONE_WITHIN_MS });
    await sleep(400);

    service.signal('SIGKILL');

    await until('no process is left', () => service.processes().length === 0, GONE_WITHIN_MS);
    expect((await lost).kind).toMatch(/^(ECONNRESET|cut)$/);
  });
});
