import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  const { CI: _, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/check-configs.js'], { cwd: folder, env: { ...inherited, ...environment } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

/** Without Prometheus' rule tests, which take seconds and are tried elsewhere. */
function emitQuick(domain = 'localhost'): string {
  const folder = emit({ domain, deploy: [] });
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const path = join(folder, 'scripts/checks.json');
  const checks = JSON.parse(readFileSync(path, 'utf8')) as { name: string }[];
  writeFileSync(path, JSON.stringify(checks.filter(({ name }) => name !== 'Prometheus alerts fire')));
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
    const folder = emitQuick();
    change(folder, file, from, to);
    const { code, said } = await checkConfigs(folder);
    expect(code).toBe(1);
    expect(said).toContain(`FAILED  ${name}`);
  });

  test('says which program is missing; where CI is set that is a failure', async () => {
    const folder = emitQuick();
    const onlySh = mkdtempSync(join(tmpdir(), 'hcnode-path-'));
    onTestFinished(() => { rmSync(onlySh, { recursive: true, force: true }); });
    mkdirSync(join(onlySh, 'bin'));
    symlinkSync('/bin/sh', join(onlySh, 'bin/sh'));
    const withoutPromtool = { PATH: join(onlySh, 'bin') };

    const here = await checkConfigs(folder, withoutPromtool);
    expect(here.said).toMatch(/MISSED {2}Prometheus configuration and rules: promtool is not installed/);
    expect((await checkConfigs(folder, { ...withoutPromtool, CI: 'true' })).code).toBe(1);
  });
});
