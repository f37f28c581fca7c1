import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLoad } from '../harness/load.js';
import { startService } from '../harness/service.js';
import { sleep } from '../harness/time.js';

describe.each(['dispatch', 'shared'])('a machine whose cores others take, with LISTEN=%s', (LISTEN) => {
  it('makes the service slow, but kills no worker and fails no request', async () => {
    const service = await startService({ env: { LISTEN, MAX_EVENT_LOOP_DELAY_MS: '250', MAX_EVENT_LOOP_UTILIZATION: '0.98' } });
    const before = service.workers();
    const load = startLoad({ port: service.port, clients: 4, connections: 'fresh', pauseMs: 50 });

    // Twice as many busy processes as cores, and each of them ends by itself.
    const greedy = Array.from({ length: 2 * availableParallelism() }, () => spawn(process.execPath, ['-e', 'const end = Date.now() + 10_000; while (Date.now() < end);']));
    onTestFinished(() => greedy.forEach((child) => void child.kill('SIGKILL')));
    await Promise.all(greedy.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    await sleep(2000);

    // Shedding is allowed when nothing gets a core; a lost connection is not.
    expect((await load.stop()).failures.filter(({ kind }) => kind !== 'status 503')).toEqual([]);
    expect(service.workers()).toEqual(before);
  });
});
