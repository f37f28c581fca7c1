import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { cpuQuota, maxWaitingConnections } from './files/src/primary/resources.js';

/** A folder with the kernel's files as given. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'hcnode-cgroup-'));
  onTestFinished(() => { rmSync(root, { recursive: true }); });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test.each<[string, number, Record<string, string>]>([
  ['a machine without cgroups', Infinity, {}],
  ['a container with its own view of cgroup 2', 1.5, { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '150000 100000\n' }],
  ['no quota', Infinity, { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': 'max 100000\n' }],
  [
    'CPUQuota= of a systemd unit',
    0.5,
    { 'proc/self/cgroup': '0::/system.slice/shop.service\n', 'sys/fs/cgroup/system.slice/shop.service/cpu.max': '50000 100000\n' },
  ],
  [
    'CPUQuota= of the slice above the unit, where the unit has more',
    2,
    {
      'proc/self/cgroup': '0::/shop.slice/shop.service\n',
      'sys/fs/cgroup/shop.slice/cpu.max': '200000 100000\n',
      'sys/fs/cgroup/shop.slice/shop.service/cpu.max': '300000 100000\n',
    },
  ],
  [
    'cgroup 1, where the container sees its own group as the root',
    2.5,
    { 'proc/self/cgroup': '3:cpu,cpuacct:/docker/1f\n2:memory:/docker/1f\n', 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '250000\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
  ],
  ['cgroup 1 without a quota', Infinity, { 'proc/self/cgroup': '3:cpu:/\n', 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' }],
  ['a group outside of what the container sees', 1, { 'proc/self/cgroup': '0::/../other\n', 'sys/fs/cgroup/cpu.max': '100000 100000\n' }],
  ['nonsense', Infinity, { 'proc/self/cgroup': 'nonsense\n\n:::', 'sys/fs/cgroup/cpu.max': 'a b c' }],
])('the CPU quota: %s', (_name, quota, files) => {
  expect(cpuQuota(rootWith(files))).toBe(quota);
});

test.each<[string, number, string]>([
  ['few descriptors', 75, 'Limit Soft Hard Units\nMax processes             10 10 processes\nMax open files            150                  1024                 files\n'],
  ['many', 2000, 'Max open files            1048576              1048576              files\n'],
  ['no limit', 2000, 'Max open files            unlimited            unlimited            files\n'],
  ['a kernel that does not say', 2000, ''],
])('connections that may wait for a worker: %s', (_name, count, limits) => {
  expect(maxWaitingConnections(rootWith({ 'proc/self/limits': limits }))).toBe(count);
});
