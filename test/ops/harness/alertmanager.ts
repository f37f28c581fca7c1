import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

import { alertmanagerConfig } from '../../../templates/alertmanager/config.js';
import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { until } from '../../chaos/harness/time.js';
import { start } from './start.js';

/** The bridge to a robot. @returns its port */
export async function startBridge(robot: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-robot-'));
  writeFileSync(join(folder, 'url'), robot);
  const port = await freePort();
  start(process.execPath, [join(inject('opsFolder'), 'ops/alertmanager/dingtalk-bridge.mjs')], { folder, environment: { DINGTALK_URL_FILE: join(folder, 'url'), PORT: String(port) } });
  await until('the bridge is live', async () => (await send({ port, path: '/livez' })).kind === 'ok');
  return port;
}

/** The emitted configuration with its clock turned faster and fakes for those who are told. Mail is left out. */
export async function startAlertmanager({ slack, webhook, bridge }: Record<'slack' | 'webhook' | 'bridge', string>): Promise<{ port: number }> {
  const folder = copyConfiguration();
  writeFileSync(join(folder, 'secrets/slack-url'), slack);
  writeFileSync(join(folder, 'secrets/webhook-token'), 'the-token');
  const config = alertmanagerConfig(['slack', 'dingtalk', 'webhook'])
    .replaceAll('/etc/alertmanager', folder)
    .replaceAll('http://127.0.0.1:5001/alerts', webhook)
    .replaceAll('http://127.0.0.1:8060/alerts', bridge)
    .replaceAll(/group_wait: \d+s/g, 'group_wait: 1s')
    .replaceAll(/group_interval: \d+m/g, 'group_interval: 2s');
  writeFileSync(join(folder, 'alertmanager.yml'), config);
  const port = await freePort();
  const parameters = [`--config.file=${folder}/alertmanager.yml`, `--storage.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address=', '--log.level=error'];
  start('prometheus-alertmanager', parameters, { folder });
  await until('Alertmanager is ready', async () => (await send({ port, path: '/-/ready' })).kind === 'ok');
  return { port };
}

/** The emitted folder, to be changed; it is removed when the test ends. */
export function copyConfiguration(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-alertmanager-'));
  cpSync(join(inject('opsFolder'), 'ops/alertmanager'), folder, { recursive: true });
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

