import { validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { images } from '../../templates/images.js';
import { packageManagers as commands } from '../../templates/package-manager.js';
import type { Project } from '../../templates/project.js';
import { profiles } from '../../templates/service/files/test/support/load-profiles.js';
import { composeWith, fileOf, LONGEST_NAME, packageManagers, write } from './harness/project.js';
import { run } from './harness/run.js';

const WORKFLOW = '.github/workflows/ci.yml';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly permissions?: object; readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>>;
}

// Ours; the schema judges it below.
const workflow = (answers: Partial<Project> = {}): Workflow => parse(fileOf(answers, WORKFLOW)) as Workflow;
const steps = (answers: Partial<Project> = {}): readonly Step[] => Object.values(workflow(answers).jobs).flatMap((job) => job.steps);
const commandsOf = (answers: Partial<Project> = {}): string[] => steps(answers).flatMap((step) => step.run ?? []);

/** What programs come with: Debian's and Ubuntu's packages. Those without one are on GitHub's machines. */
const packageOf: Readonly<Record<string, string | undefined>> = {
  promtool: 'prometheus',
  amtool: 'prometheus-alertmanager',
  nginx: 'nginx',
  kubectl: undefined,
  'systemd-analyze': undefined,
  openssl: undefined,
  sh: undefined,
  node: undefined,
};

const selections: readonly Partial<Project>[] = [
  {},
  { name: LONGEST_NAME },
  { deploy: [], proxy: 'none', alerts: [] },
  { deploy: ['docker'] },
  { deploy: ['systemd'] },
  { deploy: ['kubernetes'] },
  { domain: 'shop.example' },
  ...packageManagers.map((packageManager) => ({ packageManager })),
];

describe.each(selections)('the workflow for %j', (answers) => {
  test('is what the schema of GitHub’s workflows asks for', () => {
    expect(validateWorkflow(fileOf(answers, WORKFLOW)).errors).toEqual([]);
  });

  test('of the load test is one too, runs by itself, and runs what there is', () => {
    const text = fileOf(answers, '.github/workflows/load.yml');
    expect(validateWorkflow(text).errors).toEqual([]);
    const { on, permissions, jobs } = parse(text) as { on: { schedule: { cron: string }[] }; permissions: object; jobs: Workflow['jobs'] };
    expect(on.schedule).toHaveLength(1);
    expect(permissions).toEqual({ contents: 'read' });
    const asked = Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run: command }) => /run load -- (\w+)$/.exec(command ?? '')?.[1] ?? []));
    expect(asked).toEqual(['steady', 'spike']);
    expect(Object.keys(profiles)).toEqual(expect.arrayContaining(asked));
    for (const [, action] of text.matchAll(/uses: (.*)/g)) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('may read the code and nothing else, and leaves no token behind', () => {
    expect(workflow(answers).permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow(answers).jobs)) expect(job).not.toHaveProperty('permissions');
    for (const step of steps(answers)) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('uses actions by commit, and says which version that is', () => {
    const used = [...fileOf(answers, WORKFLOW).matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('ends by itself when a job hangs', () => {
    for (const job of Object.values(workflow(answers).jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(20);
  });

  test('installs whatever the configuration is checked with', () => {
    const installed = commandsOf(answers).filter((command) => command.includes('apt-get install')).flatMap((command) => command.split(' '));
    const checks = JSON.parse(fileOf(answers, 'scripts/checks.json')) as { program: string; needs?: string[] }[];
    for (const program of checks.flatMap(({ program: checker, needs = [] }) => [checker, ...needs])) {
      expect(Object.keys(packageOf), 'which package has this program, or is it on GitHub’s machines?').toContain(program);
      const wanted = packageOf[program];
      if (wanted !== undefined) expect(installed).toContain(wanted);
    }
  });

  test('never puts what others write into a shell', () => {
    for (const command of commandsOf(answers)) expect(command).not.toContain('${{');
  });
});

test.each(packageManagers)('with %s it installs what the lock file says, then lints and tests', (packageManager) => {
  const { installLocked, run: script } = commands[packageManager];
  const said = commandsOf({ packageManager });
  expect(said).toContain(installLocked);
  expect(said.indexOf(`${script} lint`)).toBeGreaterThan(said.indexOf(installLocked));
  expect(said.indexOf(`${script} test`)).toBeGreaterThan(said.indexOf(installLocked));
  const { scripts } = JSON.parse(fileOf({ packageManager }, 'package.json')) as { scripts: Record<string, string> };
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['lint', 'test']));
});

test('what is tested runs on the Node.js of the image', () => {
  const versions = steps().flatMap((step) => step.with?.['node-version'] ?? []);
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions) expect(images.node).toMatch(new RegExp(`^node:${version}-`));
});

test('the image is built and started where there is one', () => {
  const builds = (deploy: Project['deploy']): boolean => commandsOf({ deploy }).some((command) => command.startsWith('docker build'));
  expect([builds([]), builds(['systemd']), builds(['docker']), builds(['kubernetes'])]).toEqual([false, false, true, true]);
});

test('its scripts are read by the shell without a complaint', async () => {
  const folder = write(commandsOf().map((command, index) => [`${index}.sh`, `#!/bin/bash -e\n${command}\n`]));
  for (const index of commandsOf().keys()) expect(await run('bash', ['-n', `${index}.sh`], { folder })).toEqual({ code: 0, said: '' });
});

test('the schema finds a misspelled key and an unknown event', () => {
  const text = fileOf({}, WORKFLOW);
  for (const [from, to] of [['runs-on:', 'run-on:'], ['pull_request:', 'pull_requests:'], ['timeout-minutes: 15', 'timeout-minutes: soon']] as const) {
    expect(validateWorkflow(text.replace(from, to)).errors, to).not.toEqual([]);
  }
});

test.each(packageManagers)('Dependabot moves what is pinned: for %s', (packageManager) => {
  const ecosystems = (deploy: Project['deploy']): string[] =>
    (parse(fileOf({ deploy, packageManager }, '.github/dependabot.yml')) as { version: number; updates: { 'package-ecosystem': string }[] }).updates.map((update) => update['package-ecosystem']);
  const packages = packageManager === 'bun' ? 'bun' : 'npm';
  expect(ecosystems([])).toEqual([packages, 'github-actions']);
  expect(ecosystems(['docker'])).toEqual([packages, 'github-actions', 'docker', 'docker-compose']);
  expect(ecosystems(['kubernetes'])).toEqual([packages, 'github-actions', 'docker']);
});

test('what the editor is told is what was emitted: line ends, indentation, last lines', () => {
  for (const [path, text] of composeWith()) {
    if (!/\.(ts|js|md|ya?ml|json|sh)$|Dockerfile|\.editorconfig$/.test(path)) continue;
    expect(text.endsWith('\n') && !text.endsWith('\n\n'), `${path} ends with one new line`).toBe(true);
    expect(/\r|\t/.exec(text)?.[0], `${path} has no carriage return and no tab`).toBeUndefined();
    if (!path.endsWith('.md')) expect(/[^\S\n]+$/m.exec(text)?.[0], `${path} has no space at the end of a line`).toBeUndefined();
  }
});
