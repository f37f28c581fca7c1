import type { Project } from '../project.js';

/** Whatever is pinned must be moved by somebody: one pull request a week for each kind. */
export function dependabot({ deploy, packageManager }: Project): string {
  const ecosystems = [
    packageManager === 'bun' ? 'bun' : 'npm', // The one for npm reads the lock files of pnpm and yarn too.
    'github-actions',
    ...(deploy.includes('docker') || deploy.includes('kubernetes') ? ['docker'] : []),
    ...(deploy.includes('docker') ? ['docker-compose'] : []),
  ];
  return `# Versions that are pinned here, in package.json, the Dockerfile and the workflows, are moved by pull requests, which CI tests.
version: 2
updates:
${ecosystems.map(entry).join('')}`;
}

const entry = (ecosystem: string): string => `  - package-ecosystem: ${ecosystem}
    directory: /
    schedule:
      interval: weekly
    # A release that is withdrawn is withdrawn in its first days. Does not hold back security updates. Default: 0
    cooldown:
      default-days: 7
    # One pull request for all of them. Default: one each
    groups:
      all:
        patterns: ['*']
`;
