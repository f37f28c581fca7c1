import { inImage } from '../docker/package-manager-in-image.js';
import { images } from '../images.js';
import { packageManagers } from '../package-manager.js';
import type { Project } from '../project.js';
import { actions } from './actions.js';

/** Major version of Node.js in the image: what production runs is what is tested. */
const nodeVersion = /^node:(\d+)/.exec(images.node)?.[1] ?? '';

/** The workflow. Built, since the steps depend on the package manager and on what there is to check. */
export function workflow(project: Project): string {
  return [head, jobs(project), ...(hasImage(project) ? [imageJob(project)] : [])].join('\n');
}

const head = `# Builds and tests every change.
name: CI

on:
  push:
    branches: [main]
  pull_request:

# Reading the code is all it needs. Default: what the organisation has set, often write access
permissions:
  contents: read

# A newer push to a pull request makes the older run pointless; on main every commit is tested. Default: all run
concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:`;

const jobs = (project: Project): string => `  test:
    runs-on: ubuntu-24.04
    # Default: 360
    timeout-minutes: 15
    steps:
${checkout}
${setUp(project)}
      - run: ${packageManagers[project.packageManager].run} lint
      # Builds the service, starts it, breaks it, and looks at what it answers.
      - run: ${packageManagers[project.packageManager].run} test

  configuration:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
${checkout}
      # The programs that read the files; the others, Node.js too, are on the machine already.
      - run: sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${packages(project).join(' ')}
      # With CI set, a program that is missing is a failure. It needs none of the dependencies.
      - run: node scripts/check-configs.js
`;

const imageJob = ({ name, deploy }: Project): string => `  image:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
${checkout}
${deploy.includes('docker') ? '      - run: docker compose config --quiet\n' : ''}      - run: docker build --tag ${name} .
      # Started as strictly as in production: it must become healthy, and end by itself when it is told to.
      - run: |
          docker run --detach --name service --read-only --cap-drop ALL --security-opt no-new-privileges --memory 512m ${name}
          timeout 60 sh -c 'until [ "$(docker inspect --format "{{.State.Health.Status}}" service)" = healthy ]; do sleep 1; done'
          docker stop --timeout 20 service
          test "$(docker inspect --format '{{.State.ExitCode}}' service)" = 0
      # Default: the log of a failed container is lost
      - run: docker logs service
        if: failure()
`;

/** The workflow of the load test: a periodic stress test, short enough for every week. */
export const loadWorkflow = (project: Project): string => `# Drives the service with load each week, and when somebody asks for it: what grew slow since is seen here, not by users.
name: Load

on:
  schedule:
    # Mondays, at a time when few others do.
    - cron: '23 3 * * 1'
  workflow_dispatch:

# Reading the code is all it needs. Default: what the organisation has set, often write access
permissions:
  contents: read

jobs:
  load:
    runs-on: ubuntu-24.04
    # Default: 360
    timeout-minutes: 15
    steps:
${checkout}
${setUp(project)}
      # Half a minute each, against the budgets in test/support/load-profiles.ts. The machine is shared and small: the budgets are for
      # what fails or hangs. A soak of half an hour is for a machine of your own: ${packageManagers[project.packageManager].run} load -- soak
      - run: ${packageManagers[project.packageManager].run} load -- steady
      - run: ${packageManagers[project.packageManager].run} load -- spike
`;

const checkout = `      - uses: ${actions.checkout}
        with:
          # Later steps run code of dependencies, which must not find a token in .git/config. Default: true
          persist-credentials: false`;

function setUp({ packageManager }: Project): string {
  const { version } = inImage[packageManager];
  const { installLocked } = packageManagers[packageManager];
  return [
    ...(version === undefined ? [] : [`      - run: npm install --global ${packageManager}@${version}`]),
    `      - uses: ${actions.setUpNode}`,
    '        with:',
    '          # The same as in the Dockerfile.',
    `          node-version: ${nodeVersion}`,
    // The action knows no others.
    ...(packageManager === 'bun' ? [] : ['          # Downloads are kept from run to run. Default: each run downloads everything', `          cache: ${packageManager}`]),
    `      - run: ${installLocked}`,
  ].join('\n');
}

/** What must be installed for `check:configs`; systemd-analyze and kubectl are on GitHub's machines. */
function packages({ proxy, alerts }: Project): string[] {
  return ['prometheus', ...(proxy === 'nginx' ? ['nginx'] : []), ...(alerts.length > 0 ? ['prometheus-alertmanager'] : [])];
}

const hasImage = ({ deploy }: Project): boolean => deploy.includes('docker') || deploy.includes('kubernetes');
