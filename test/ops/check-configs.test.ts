import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { describeWith } from './harness/programs.js';
import { emit } from './harness/project.js';

interface Result {
  readonly code: number;
  readonly said: string;
}

/** `npm run check:configs` in an emitted project. */
function checkConfigs(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/check-configs.js'], { cwd: folder, env: { ...process.env, CI: '', ...environment } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

/** With some checks only: those but Prometheus' rule tests, which take seconds and are tried elsewhere. */
function emitQuick(domain = 'localhost', wanted = /^(?!Prometheus alerts fire)/): string {
  const folder = emit({ domain, deploy: [] });
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const path = join(folder, 'scripts/checks.json');
  const checks = JSON.parse(readFileSync(path, 'utf8')) as { name: string }[];
  writeFileSync(path, JSON.stringify(checks.filter(({ name }) => wanted.test(name))));
  return folder;
}

function change(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describeWith('nginx', 'the check of emitted configuration', () => {
  test.each(['localhost', 'shop.example'])('passes for %s', async (domain) => {
    const { code, said } = await checkConfigs(emitQuick(domain), { CI: 'true' });
    expect(said).toContain('0 failed, 0 missed');
    expect(code).toBe(0);
  });

  test.each([
    ['nginx configuration', 'ops/nginx/upstream.conf', 'keepalive 64;', 'keepalife 64;'],
    ['nginx configuration', 'ops/nginx/locations.conf', 'zone=requests_per_client', 'zone=nobody'],
    ['Prometheus configuration and rules', 'ops/prometheus/alerts.yml', 'rate(', 'rat('],
    ['Prometheus configuration and rules', 'ops/prometheus/prometheus.yml', 'scrape_interval:', 'scrape_intervall:'],
    ['Alertmanager configuration', 'ops/alertmanager/alertmanager.yml', 'receiver: team', 'receiver: nobody-here'],
    ['Alertmanager sends alertname=NoWorkers, severity=critical to urgent', 'ops/alertmanager/alertmanager.yml', 'severity="critical"]\n      receiver: urgent', 'severity="critical"]\n      receiver: team'],
  ])('%s: a fault in %s is found', async (name, file, from, to) => {
    const folder = emitQuick('localhost', new RegExp(`^${name}`));
    change(folder, file, from, to);
    const { code, said } = await checkConfigs(folder);
    expect(code).toBe(1);
    expect(said).toContain(`FAILED  ${name}`);
  });

  test('says which program is missing; where CI is set that is a failure', async () => {
    const folder = emitQuick('localhost', /^Alertmanager configuration/);
    const empty = mkdtempSync(join(tmpdir(), 'hcnode-path-'));
    onTestFinished(() => { rmSync(empty, { recursive: true, force: true }); });

    const here = await checkConfigs(folder, { PATH: empty });
    expect(here.said).toContain('MISSED  Alertmanager configuration: amtool is not installed');
    expect(here.code).toBe(0);
    expect((await checkConfigs(folder, { PATH: empty, CI: 'true' })).code).toBe(1);
  });
});
