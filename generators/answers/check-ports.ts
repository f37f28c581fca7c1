import type { Project } from '../../templates/project.js';

/** Ports that other emitted programs have, and on which machines they meet the service. */
const taken: readonly { readonly port: number; readonly by: string; readonly isThere: (project: Project) => boolean }[] = [
  { port: 8080, by: 'nginx', isThere: ({ proxy, domain }) => proxy === 'nginx' && domain === 'localhost' },
  { port: 80, by: 'nginx', isThere: ({ proxy, domain }) => proxy === 'nginx' && domain !== 'localhost' },
  { port: 443, by: 'nginx', isThere: ({ proxy, domain }) => proxy === 'nginx' && domain !== 'localhost' },
  { port: 8081, by: "nginx's status page", isThere: ({ proxy }) => proxy === 'nginx' },
  { port: 9113, by: "nginx's exporter", isThere: ({ proxy }) => proxy === 'nginx' },
  { port: 9090, by: 'Prometheus', isThere: () => true },
  { port: 3001, by: 'Grafana', isThere: ({ deploy }) => deploy.includes('docker') },
  { port: 9093, by: 'Alertmanager', isThere: ({ alerts }) => alerts.length > 0 },
  { port: 8060, by: "DingTalk's bridge", isThere: ({ alerts }) => alerts.includes('dingtalk') },
];

/** What is wrong with the ports: each may have one owner on a machine. */
export function portFaults(project: Project): string[] {
  const { port, adminPort } = project;
  const same = port === adminPort ? [`--port and --admin-port are both ${port}: they must differ`] : [];
  const clashes = [['--port', port] as const, ['--admin-port', adminPort] as const].flatMap(([flag, wanted]) =>
    taken.filter((other) => other.port === wanted && other.isThere(project)).map(({ by }) => `${flag} ${wanted} is the port of ${by}: take another one`),
  );
  return [...same, ...clashes];
}
