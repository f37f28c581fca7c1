import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

import { settings } from '../../templates/service/files/src/settings.js';
import { unit } from '../../templates/systemd/unit.js';
import { describeWith } from '../ops/harness/programs.js';
import { composeWith, fileOf, LONGEST_NAME, write } from './harness/project.js';
import { run } from './harness/run.js';

const SERVICE = 'ops/systemd/shop.service';

const answers = { name: 'shop', proxy: 'nginx', port: 3000, adminPort: 9464 } as const;
const shop = unit(answers);

/** What the emitted check says, with a changed unit. */
async function check(change: (text: string) => string = (text) => text) {
  const files = composeWith();
  files.set(SERVICE, change(files.get(SERVICE) ?? ''));
  return run('sh', ['scripts/check-systemd.sh'], { folder: write(files) });
}

describeWith('systemd-analyze', 'the check of the unit', () => {
  test('passes what is emitted', async () => {
    expect(await check()).toEqual({ code: 0, said: '' });
  });

  test.each([
    ['a misspelled key', 'RestartSec=', 'RestartSecs=', "Unknown key 'RestartSecs'"],
    ['a value that cannot be', 'WatchdogSec=30s', 'WatchdogSec=soon', 'Failed to parse'],
    ['a unit without a program', 'ExecStart=node ', 'ExecReload=node ', 'no ExecStart'],
    ['a service that keeps the rights of root', '\nCapabilityBoundingSet=', '', 'Overall exposure level'],
  ])('finds %s', async (_, from, to, said) => {
    const result = await check((text) => text.replace(from, to));
    expect(result.code).toBe(1);
    expect(result.said).toMatch(new RegExp(said, 'i'));
  });

  test('systemd takes a name of 63 characters', async () => {
    const folder = write([[`${LONGEST_NAME}.service`, unit({ ...answers, name: LONGEST_NAME }).replace('ExecStart=node ', 'ExecStart=/bin/true ')]]);
    expect(await run('systemd-analyze', ['verify', `${folder}/${LONGEST_NAME}.service`])).toEqual({ code: 0, said: '' });
  });

  test.each([3000, 80])('with port %d it is exposed by no more than 20 of 100', async (port) => {
    const folder = write([['shop.service', unit({ ...answers, port })]]);
    const { code, said } = await run('systemd-analyze', ['security', '--offline=true', '--no-pager', '--threshold=20', `${folder}/shop.service`]);
    expect(code, said).toBe(0);
    expect(Number(/Overall exposure level for shop\.service: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(2);
  });
});

describe('the unit and the service agree', () => {
  const valueOf = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(shop)?.[1] ?? '';
  const secondsOf = (key: string): number => Number(/^(\d+)s$/.exec(valueOf(key))?.[1]);

  test('on how readiness, the watchdog and reloads are told', () => {
    expect(valueOf('Type')).toBe('notify');
    // systemd-notify is a child of the primary.
    expect(valueOf('NotifyAccess')).toBe('all');
    expect(valueOf('ExecReload')).toBe('/bin/kill -HUP $MAINPID');
    expect(valueOf('KillMode')).toBe('mixed');
    expect(valueOf('RestartPreventExitStatus')).toBe('78');
    // The primary counts a worker as alive that was heard in the last 10 s, and reports twice in the watchdog's time.
    expect(secondsOf('WatchdogSec')).toBeGreaterThanOrEqual(20);
  });

  test('on time: a drain ends before systemd kills, and three attempts to start before it gives up', () => {
    expect(secondsOf('TimeoutStopSec') * 1000).toBeGreaterThan(settings.PRE_STOP_DELAY_MS.default + settings.SHUTDOWN_TIMEOUT_MS.default + 2000);
    expect(secondsOf('TimeoutStartSec') * 1000).toBeGreaterThan(3 * settings.START_TIMEOUT_MS.default);
  });

  test('on settings: the unit sets none that the service does not read', () => {
    const set = [...shop.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name);
    expect(set).toEqual(['NODE_ENV', 'TRUST_PROXY', 'DIAGNOSTICS_DIR']);
    for (const name of set.slice(1)) expect(Object.keys(settings)).toContain(name);
  });

  test('on the proxy: clients are told by one only where there is one', () => {
    expect(shop).toContain('Environment=TRUST_PROXY=1');
    expect(unit({ ...answers, proxy: 'none' })).not.toContain('TRUST_PROXY');
  });
});

test('the service gets the right to listen on a port below 1024, and only then', () => {
  expect(shop).toMatch(/^CapabilityBoundingSet=$/m);
  for (const low of [unit({ ...answers, port: 443 }), unit({ ...answers, adminPort: 1023 })]) {
    expect(low).toMatch(/^AmbientCapabilities=CAP_NET_BIND_SERVICE$/m);
    expect(low).not.toContain('\nPrivateUsers=');
  }
});

test('every directive has its comment', () => {
  const lines = shop.split('\n').filter((line) => line !== '');
  // One comment may stand for several lines that follow it; more than six would not be read.
  let uncommented = 0;
  for (const line of lines) {
    uncommented = line.startsWith('#') || line.startsWith('[') ? 0 : uncommented + 1;
    expect(uncommented, line).toBeLessThanOrEqual(6);
  }
});

describeWith('shellcheck', 'shellcheck', () => {
  test.each(['ops/systemd/deploy.sh', 'scripts/check-systemd.sh'])('finds nothing in %s', async (path) => {
    const folder = write([[basename(path), fileOf({}, path)]]);
    expect(await run('shellcheck', [basename(path)], { folder })).toEqual({ code: 0, said: '' });
  });
});
