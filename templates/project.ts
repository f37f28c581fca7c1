/** The user's answers, checked. One type for flags, prompts, the answers file and composition. */
export interface Project {
  /** An npm package name without scope that is also a DNS label: it names the service in every configuration. */
  readonly name: string;
  readonly framework: 'fastify';
  readonly queue: 'none';
  readonly deploy: readonly ('docker' | 'systemd' | 'kubernetes')[];
  readonly proxy: 'nginx' | 'none';
  readonly alerts: readonly ('email' | 'slack' | 'dingtalk' | 'webhook')[];
  /** Server name in nginx and TLS paths. */
  readonly domain: string;
  readonly port: number;
  readonly adminPort: number;
  readonly workers: 'auto' | number;
  /** Objectives over 30 days, in percent of the requests: answered without 5xx, and answered within sloLatencySeconds. */
  readonly sloAvailability: '99' | '99.5' | '99.9' | '99.95' | '99.99';
  readonly sloLatency: '95' | '99' | '99.5' | '99.9';
  readonly sloLatencySeconds: '0.05' | '0.1' | '0.25' | '0.5' | '2.5';
  /** Who gets mail, and where the webhook posts to. */
  readonly alertEmail: string;
  readonly alertUrl: string;
  /** How a new version is tried on a part of the traffic in Kubernetes. */
  readonly canary: 'none' | 'deployment' | 'rollouts';
  /** What the number of pods follows in Kubernetes: their CPU, or by KEDA their event loops. */
  readonly autoscaler: 'hpa' | 'keda';
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun';
}
