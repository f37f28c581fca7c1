import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';

import { startService } from './support/service.js';

test('a bad variable ends the start with exit code 78 and one line', async () => {
  const service = await startService({ PORT: 'abc' });
  assert.equal(await service.exit, 78);
  assert.equal(service.log(), 'PORT="abc" is not an integer from 1 to 65535\n');
});

test('a taken port ends the start with one line that names it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo; // A TCP server's address.
  const service = await startService({ PORT: String(port) });
  assert.equal(await service.exit, 1);
  assert.equal(service.log(), `PORT=${port}: 127.0.0.1:${port} is taken by another program\n`);
  other.close();
});

test('a release that cannot start is given up with the reason', async () => {
  const service = await startService({ CRASH_AT_START: '1', LOG_LEVEL: 'debug' });
  assert.equal(await service.exit, 1);
  assert.match(service.log(), /the service cannot start/);
  const forks = service.log().match(/worker forked/g)?.length ?? 0;
  assert.ok(forks >= 2 && forks <= 4, `${forks} forks`);
});
