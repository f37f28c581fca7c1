import { expect, test } from 'vitest';

import type { Project } from '../../templates/project.js';
import { composeWith, LONGEST_NAME, packageManagers } from './harness/project.js';

type Deploy = Project['deploy'];

const selections: readonly { readonly deploy: Deploy; readonly has: readonly string[]; readonly hasNot: readonly string[] }[] = [
  { deploy: [], has: ['.github/workflows/ci.yml', '.editorconfig'], hasNot: ['Dockerfile', 'compose.yaml', 'ops/systemd', 'ops/kubernetes', 'docs/systemd.md', 'docs/kubernetes.md'] },
  { deploy: ['docker'], has: ['Dockerfile', '.dockerignore', 'compose.yaml'], hasNot: ['ops/systemd', 'ops/kubernetes'] },
  { deploy: ['systemd'], has: ['ops/systemd/shop.service', 'ops/systemd/deploy.sh', 'docs/systemd.md'], hasNot: ['Dockerfile', 'compose.yaml', 'ops/kubernetes'] },
  // Kubernetes runs images.
  { deploy: ['kubernetes'], has: ['Dockerfile', '.dockerignore', 'ops/kubernetes/base/deployment.yaml', 'docs/kubernetes.md'], hasNot: ['compose.yaml', 'ops/systemd'] },
  { deploy: ['docker', 'systemd', 'kubernetes'], has: ['Dockerfile', 'compose.yaml', 'ops/systemd/shop.service', 'ops/kubernetes/base/deployment.yaml'], hasNot: [] },
];

test.each(selections)('deploy to [$deploy] has what it needs and nothing of the others', ({ deploy, has, hasNot }) => {
  const paths = [...composeWith({ deploy }).keys()];
  for (const path of has) expect(paths).toContain(path);
  for (const path of hasNot) expect(paths.filter((each) => each.startsWith(path))).toEqual([]);
});

test.each([
  ['npm', []],
  ['pnpm', ['pnpm-workspace.yaml']],
  ['yarn', ['.yarnrc']],
  ['bun', []],
] as const)('%s gets its own configuration and no other', (packageManager, own) => {
  const paths = [...composeWith({ packageManager }).keys()];
  expect(paths.filter((path) => ['pnpm-workspace.yaml', '.yarnrc', '.npmrc', 'bunfig.toml'].includes(path))).toEqual(own);
});

test('each answer that changes what is deployed composes with each other', () => {
  for (const { deploy } of selections) {
    for (const proxy of ['nginx', 'none'] as const) {
      for (const domain of ['localhost', 'shop.example']) {
        for (const packageManager of packageManagers) {
          for (const [alerts, canary, autoscaler] of [[[], 'none', 'hpa'], [['dingtalk'], 'rollouts', 'keda']] as const) {
            expect(() => composeWith({ deploy, proxy, domain, packageManager, alerts, canary, autoscaler }), JSON.stringify({ deploy, proxy, domain, packageManager, alerts })).not.toThrow();
          }
        }
      }
    }
  }
});

test('a name of 63 characters stands whole in every file that has the name', () => {
  const short = composeWith({ name: 'shop' });
  const long = composeWith({ name: LONGEST_NAME });
  expect(LONGEST_NAME).toHaveLength(63);
  const deployed = [...short].filter(([path, text]) => /Dockerfile|compose\.yaml|ops\/(systemd|kubernetes)|\.github|docs\//.test(path) && /\bshop\b/.test(text));
  expect(deployed.length).toBeGreaterThan(15);
  for (const [path] of deployed) expect(long.get(path.replace('shop', LONGEST_NAME)), path).toContain(LONGEST_NAME);
});

test('no file speaks of a file under ops/, docs/ or scripts/ that is not emitted', () => {
  for (const { deploy } of selections) {
    const files = composeWith({ deploy });
    const paths = [...files.keys()];
    for (const [path, text] of files) {
      if (!/\.(md|sh|ya?ml|service)$|^Dockerfile$/.test(path)) continue;
      for (const [mentioned] of text.matchAll(/(?<![\w/.-])(ops|docs|scripts)\/[\w./-]*[\w-]/g)) {
        expect(paths.some((each) => each === mentioned || each.startsWith(`${mentioned}/`)), `${path} speaks of ${mentioned}, deploy: ${deploy.join()}`).toBe(true);
      }
    }
  }
});
