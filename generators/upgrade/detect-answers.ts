import type { Project } from '../../templates/project.js';

/** What tells that a part of a subset was chosen: a file that only this part writes, or words in a file. */
const DEPLOY_FILES = { docker: 'compose.yaml', systemd: 'ops/systemd/deploy.sh', kubernetes: 'ops/kubernetes/base/deployment.yaml' } as const;
const RECEIVER_WORDS = { email: /email_configs/, slack: /slack_configs/, dingtalk: /dingtalk/, webhook: /webhook-token/ } as const;

/** The answers that files were written from, as far as the files tell. For projects whose .hcnode.json is lost. */
export function detectAnswers(files: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> {
  const text = (path: string): string => files.get(path) ?? '';
  const settings = /PORT: (\d+), ADMIN_PORT: (\d+), WORKERS: ("auto"|\d+)/.exec(text('src/project.ts'));
  const alertmanager = text('ops/alertmanager/alertmanager.yml');
  const answers: Partial<Record<keyof Project, unknown>> = {
    name: /"name": "([a-z0-9-]+)"/.exec(text('package.json'))?.[1],
    port: settings === null ? undefined : Number(settings[1]),
    adminPort: settings === null ? undefined : Number(settings[2]),
    workers: settings?.[3] === '"auto"' ? 'auto' : settings === null ? undefined : Number(settings[3]),
    deploy: Object.entries(DEPLOY_FILES).flatMap(([part, path]) => (files.has(path) ? [part] : [])),
    proxy: files.has('ops/nginx/nginx.conf') ? 'nginx' : 'none',
    alerts: Object.entries(RECEIVER_WORDS).flatMap(([part, words]) => (words.test(alertmanager) ? [part] : [])),
    domain: files.has('ops/nginx/tls.conf') ? /live\/([a-z0-9.-]+)\//.exec(text('ops/nginx/tls.conf'))?.[1] : 'localhost',
    packageManager: files.has('pnpm-workspace.yaml') ? 'pnpm' : files.has('.yarnrc') ? 'yarn' : /\bbun (run|install)\b/.test(text('README.md')) ? 'bun' : 'npm',
  };
  return new Map(Object.entries(answers).filter(([, value]) => value !== undefined));
}
