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
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun';
}
