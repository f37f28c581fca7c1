import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';

import { alertmanagerConfig } from '../../templates/alertmanager/config.js';
import type { Channel } from '../../templates/alertmanager/channels.js';
import { send } from '../chaos/harness/requests.js';
import { until } from '../chaos/harness/time.js';
import { copyConfiguration, startAlertmanager, startBridge } from './harness/alertmanager.js';
import { type Fake, startFake } from './harness/fake.js';
import { describeWith } from './harness/programs.js';

const run = promisify(execFile);
const all: readonly Channel[] = ['email', 'slack', 'dingtalk', 'webhook'];
/** Every choice of at least one. */
const choices = Array.from({ length: 2 ** all.length - 1 }, (_, index) => all.filter((__, bit) => (index + 1) & (1 << bit)));

describeWith('amtool', 'amtool', () => {
  test('accepts the configuration for every choice of channels', async () => {
    const folder = copyConfiguration();
    for (const choice of choices) {
      writeFileSync(join(folder, 'alertmanager.yml'), alertmanagerConfig(choice));
      const { stdout } = await run('amtool', ['check-config', join(folder, 'alertmanager.yml')]);
      expect(stdout).toContain('3 receivers');
    }
  });

  test.each([
    ['urgent', ['alertname=NoWorkers', 'severity=critical', 'job=shop']],
    ['urgent', ['alertname=AvailabilityBudgetBurn', 'severity=critical', 'long_window=1h']],
    ['team', ['alertname=AvailabilityBudgetBurn', 'severity=warning', 'long_window=3d']],
    ['team', ['alertname=SomethingNew']],
    ['nobody', ['alertname=Watchdog', 'severity=none']],
  ])('sends to %s what has %j', async (receiver, labels) => {
    const test = ['config', 'routes', 'test', `--config.file=${join(inject('opsFolder'), 'ops/alertmanager/alertmanager.yml')}`];
    await run('amtool', [...test, `--verify.receivers=${receiver}`, ...labels]);
    await expect(run('amtool', [...test, '--verify.receivers=somebody-else', ...labels])).rejects.toThrow();
  });
});

describeWith('prometheus-alertmanager', 'Alertmanager', () => {
  test('tells Slack, the webhook and DingTalk; tries again when DingTalk refuses; says nothing of what follows from another alert', async () => {
    const slack = await startFake();
    const webhook = await startFake();
    const dingtalk = await startFake(['{"errcode":130101,"errmsg":"too fast"}', '{"errcode":0}']);
    const bridgePort = await startBridge(dingtalk.url);
    const { port } = await startAlertmanager({ slack: slack.url, webhook: webhook.url, bridge: `http://127.0.0.1:${bridgePort}/alerts` });

    const labels = { job: 'shop', instance: '10.0.0.1:9464' };
    await postAlerts(port, [
      { ...labels, alertname: 'NoWorkers', severity: 'critical' },
      { ...labels, alertname: 'WorkersMissing', severity: 'warning' },
      { ...labels, alertname: 'LeakSuspected', severity: 'warning', worker: '0' },
      { alertname: 'Watchdog', severity: 'none' },
    ]);

    const told = async (fake: Fake): Promise<true> => until('two messages came', () => fake.bodies.length >= 2);
    await Promise.all([told(slack), told(webhook), until('DingTalk was tried three times', () => dingtalk.bodies.length >= 3)]);
    for (const { bodies } of [slack, webhook, dingtalk]) {
      const text = bodies.join('\n');
      expect(text).toContain('NoWorkers');
      expect(text).toContain('LeakSuspected');
      expect(text).not.toContain('WorkersMissing');
      expect(text).not.toContain('Watchdog');
    }
    const [first] = slack.bodies.map((body) => JSON.parse(body) as { channel: string; attachments: [{ title: string; text: string }] });
    expect(first?.channel).toBe('#alerts');
    expect(first?.attachments[0].title).toMatch(/^\[FIRING 1\] shop: (NoWorkers|LeakSuspected)$/);
    expect(first?.attachments[0].text).toContain('docs/runbook.md#');
    expect(webhook.tokens[0]).toBe('Bearer the-token');
  });
});

describe('the bridge to DingTalk', () => {
  test('passes its emitted tests', async () => {
    await run(process.execPath, ['--import', 'tsx', '--test', 'test/dingtalk-bridge.test.ts'], { cwd: inject('opsFolder') });
  });
});

async function postAlerts(port: number, alerts: readonly Record<string, string>[]): Promise<void> {
  const body = JSON.stringify(alerts.map((labels) => ({ labels, annotations: { summary: 'a summary', description: 'a description', runbook_url: `docs/runbook.md#${labels['alertname']}` } })));
  expect(await send({ port, path: '/api/v2/alerts', method: 'POST', body, headers: { 'content-type': 'application/json' } })).toMatchObject({ kind: 'ok' });
}
