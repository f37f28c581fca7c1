import { describe, expect, it } from 'vitest';
import { send } from '../harness/requests.js';
import { startService } from '../harness/service.js';
import { sleep } from '../harness/time.js';

// The default HEARTBEAT_TIMEOUT_MS is 5 s: each of these is longer, or as near as a healthy service comes.
describe.each(['dispatch', 'shared'])('with the default timeouts and LISTEN=%s', (LISTEN) => {
  it.each([
    { what: 'all processes', freeze: 'signalGroup' },
    { what: 'the primary', freeze: 'signal' },
  ] as const)('no worker dies when $what was stopped for 12 s', async ({ freeze }) => {
    const service = await startService({ env: { LISTEN } });
    const before = service.workers();

    service[freeze]('SIGSTOP');
    await sleep(12_000);
    service[freeze]('SIGCONT');
    await sleep(8000);

    expect(service.workers()).toEqual(before);
    expect((await send({ port: service.port, path: '/' })).kind).toBe('ok');
  });

  it('no worker dies of blocks of 3 s', async () => {
    const service = await startService({ env: { LISTEN } });
    const before = service.workers();
    // With LISTEN=shared the kernel may give two to one worker, and two in a row are a block of 6 s: hung by any measure.
    const atOnce = LISTEN === 'dispatch' ? 2 : 1;

    for (let round = 0; round < 3; round++) {
      const blocks = Array.from({ length: atOnce }, () => send({ port: service.port, path: '/block?ms=3000' }));
      expect((await Promise.all(blocks)).filter(({ kind }) => kind !== 'ok' && kind !== 'status 503')).toEqual([]);
    }
    await sleep(2000);

    expect(service.workers()).toEqual(before);
  });
});
