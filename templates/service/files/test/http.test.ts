import assert from 'node:assert/strict';
import { test } from 'node:test';

import { metrics } from '../src/metrics/catalog.js';
import { waitUntil, withService } from './support/service.js';

test('the service answers as its routes promise', async (t) => {
  await withService({ BODY_LIMIT_BYTES: '1000' }, async ({ url, adminUrl, metric }) => {
    await t.test('the sample says which worker answered', async () => {
      const response = await fetch(url);
      const body = (await response.json()) as { pid: number };
      assert.equal(response.status, 200);
      assert.ok(body.pid > 0);
    });

    await t.test('CPU work is validated and done in a thread', async () => {
      assert.equal((await fetch(`${url}/process?count=1000`)).status, 200);
      for (const count of ['0', '-1', '1.5', 'many', '1000000001']) {
        assert.equal((await fetch(`${url}/process?count=${count}`)).status, 400, count);
      }
    });

    await t.test('errors are problem+json without a stack', async () => {
      const response = await fetch(`${url}/no/such/route`);
      const text = await response.text();
      assert.equal(response.status, 404);
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.doesNotMatch(text, /\.js:|\.ts:|at /);
    });

    await t.test('a well-formed request id is kept, another is replaced', async () => {
      const idOf = async (id: string): Promise<string | null> => (await fetch(url, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
      assert.equal(await idOf('proxy-12345678'), 'proxy-12345678');
      assert.notEqual(await idOf('<script>alert(1)</script>'), '<script>alert(1)</script>');
    });

    await t.test('a body that is too large is refused', async () => {
      const echo = async (body: string): Promise<number> => (await fetch(`${url}/echo`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status;
      assert.equal(await echo('{"small":true}'), 200);
      assert.equal(await echo(JSON.stringify('x'.repeat(2000))), 413);
    });

    await t.test('metrics are on the admin port only', async () => {
      assert.equal((await fetch(`${url}/metrics`)).status, 404);
      assert.equal((await fetch(`${adminUrl}/metrics`)).status, 200);
    });

    await t.test('the admin port has a page for people', async () => {
      const response = await fetch(adminUrl);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
      assert.match(await response.text(), /<title>Workers<\/title>/);
    });

    await t.test('requests are counted by route template, never by raw path', async () => {
      await Promise.all(['/a/1', '/a/2', '/a/3'].map(async (path) => fetch(url + path)));
      await waitUntil(async () => (await metric('http_requests_total{method="GET",route="unmatched",status="404"}')) >= 3, 'the requests are counted');
      assert.doesNotMatch(await (await fetch(`${adminUrl}/metrics`)).text(), /"\/a\/1"/);
    });

    await t.test('every metric of ours stands in the catalogue', async () => {
      const known = new Set<string>(Object.values(metrics).map(({ name }) => name));
      const text = await (await fetch(`${adminUrl}/metrics`)).text();
      const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
      assert.ok(names.length > 20);
      assert.deepEqual(names.filter((name) => !known.has(name) && !/^(process|nodejs)_/.test(name)), []);
    });

    await t.test('the number of workers follows PUT /workers', async () => {
      const put = async (count: unknown): Promise<number> => (await fetch(`${adminUrl}/workers`, { method: 'PUT', body: JSON.stringify({ count }) })).status;
      assert.equal(await put(0), 400);
      assert.equal(await put(3), 200);
      await waitUntil(async () => (await metric('hcnode_workers{state="ready"}')) === 3, 'three workers are ready');
    });
  });
});

test('with a token, the admin port asks for it', async () => {
  await withService({ ADMIN_TOKEN: 'correct-horse' }, async ({ adminUrl }) => {
    const status = async (token: string): Promise<number> => (await fetch(`${adminUrl}/status`, { headers: { authorization: `Bearer ${token}` } })).status;
    assert.equal(await status('wrong'), 401);
    assert.equal(await status('correct-horse'), 200);
  });
});
