import type { Project } from '../../templates/project.js';

export const defaults: Project = {
  name: 'my-service',
  framework: 'fastify',
  queue: 'none',
  deploy: ['docker', 'systemd', 'kubernetes'],
  proxy: 'nginx',
  alerts: ['email'],
  domain: 'localhost',
  port: 3000,
  adminPort: 9464,
  workers: 'auto',
  sloAvailability: '99.9',
  sloLatency: '99',
  sloLatencySeconds: '0.5',
  alertEmail: 'team@example.com',
  alertUrl: 'http://127.0.0.1:5001/alerts',
  canary: 'none',
  autoscaler: 'hpa',
  packageManager: 'npm',
};

const nothing: Project = { ...defaults, deploy: [], proxy: 'none', alerts: [] };

/** None, each alone, all: features cannot touch each other's files, so these tell as much as every combination. */
export const selections: Readonly<Record<string, Project>> = {
  none: nothing,
  docker: { ...nothing, deploy: ['docker'] },
  systemd: { ...nothing, deploy: ['systemd'] },
  kubernetes: { ...nothing, deploy: ['kubernetes'] },
  canary: { ...nothing, deploy: ['kubernetes'], canary: 'deployment' },
  rollouts: { ...nothing, deploy: ['kubernetes'], canary: 'rollouts' },
  keda: { ...nothing, deploy: ['kubernetes'], autoscaler: 'keda' },
  nginx: { ...nothing, proxy: 'nginx' },
  tls: { ...nothing, proxy: 'nginx', domain: 'api.example.org' },
  email: { ...nothing, alerts: ['email'] },
  slack: { ...nothing, alerts: ['slack'] },
  dingtalk: { ...nothing, alerts: ['dingtalk'] },
  webhook: { ...nothing, alerts: ['webhook'] },
  all: { ...defaults, alerts: ['email', 'slack', 'dingtalk', 'webhook'], domain: 'api.example.org', port: 4100, adminPort: 9100, workers: 3 },
};
