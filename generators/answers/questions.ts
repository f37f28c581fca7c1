import type { Project } from '../../templates/project.js';
import { domainFault } from './check-domain.js';
import { emailFault, urlFault } from './check-receiver.js';
import { nameFault } from './check-name.js';

/** What may be answered, and how it is said. */
export type Question = {
  readonly flag: string;
  readonly about: string;
  /** The prompt. Without one the question has a flag only: its answer is one environment variable, or is found out. */
  readonly prompt?: string;
} & (
  | { readonly kind: 'text'; readonly default?: string; readonly faultIn: (text: string) => string | undefined }
  | { readonly kind: 'choice'; readonly default?: string; readonly choices: readonly string[]; readonly notYet?: readonly string[] }
  | { readonly kind: 'subset'; readonly default: readonly string[]; readonly choices: readonly string[] }
  | { readonly kind: 'integer'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly kind: 'integer-or-auto'; readonly default: number | 'auto'; readonly min: number; readonly max: number }
);

/** Every answer of a project. Flags, prompts, the answers file and --help are made of this table, and nothing else. */
const questions = {
  name: { kind: 'text', flag: 'name', about: "npm package name and name of the service in every configuration (default: the folder's)", prompt: 'Name of the service', faultIn: nameFault },
  framework: { kind: 'choice', flag: 'framework', about: 'HTTP framework', default: 'fastify', choices: ['fastify'], notYet: ['express', 'http'] },
  queue: { kind: 'choice', flag: 'queue', about: 'message queue', default: 'none', choices: ['none'], notYet: ['bullmq', 'rabbitmq', 'kafka'] },
  deploy: { kind: 'subset', flag: 'deploy', about: 'ways to run it, separated by commas, or none', prompt: 'Where will it run?', default: ['docker', 'systemd', 'kubernetes'], choices: ['docker', 'systemd', 'kubernetes'] },
  proxy: { kind: 'choice', flag: 'proxy', about: 'reverse proxy in front', prompt: 'Reverse proxy', default: 'nginx', choices: ['nginx', 'none'] },
  alerts: { kind: 'subset', flag: 'alerts', about: 'receivers of alerts, separated by commas, or none', prompt: 'Who gets alerts?', default: ['email'], choices: ['email', 'slack', 'dingtalk', 'webhook'] },
  domain: { kind: 'text', flag: 'domain', about: 'server name; with a real one nginx speaks TLS', prompt: 'Domain', default: 'localhost', faultIn: domainFault },
  port: { kind: 'integer', flag: 'port', about: 'public port', default: 3000, min: 1, max: 65_535 },
  adminPort: { kind: 'integer', flag: 'admin-port', about: 'port of metrics and administration', default: 9464, min: 1, max: 65_535 },
  workers: { kind: 'integer-or-auto', flag: 'workers', about: 'worker processes; auto = one for each core', default: 'auto', min: 1, max: 1024 },
  sloAvailability: { kind: 'choice', flag: 'slo-availability', about: 'objective: percent of requests answered without 5xx over 30 days', default: '99.9', choices: ['99', '99.5', '99.9', '99.95', '99.99'] },
  sloLatency: { kind: 'choice', flag: 'slo-latency', about: 'objective: percent of requests answered in time', default: '99', choices: ['95', '99', '99.5', '99.9'] },
  sloLatencySeconds: { kind: 'choice', flag: 'slo-latency-seconds', about: 'which time that is', default: '0.5', choices: ['0.05', '0.1', '0.25', '0.5', '2.5'] },
  alertEmail: { kind: 'text', flag: 'alert-email', about: 'address of alerts by email', default: 'team@example.com', faultIn: emailFault },
  alertUrl: { kind: 'text', flag: 'alert-url', about: 'address of alerts by webhook, without secrets', default: 'http://127.0.0.1:5001/alerts', faultIn: urlFault },
  canary: { kind: 'choice', flag: 'canary', about: 'on Kubernetes: a new version on a part of the traffic, by a second Deployment or by Argo Rollouts', default: 'none', choices: ['none', 'deployment', 'rollouts'] },
  autoscaler: { kind: 'choice', flag: 'autoscaler', about: 'on Kubernetes: pods follow their CPU (hpa) or their event loops (keda)', default: 'hpa', choices: ['hpa', 'keda'] },
  packageManager: { kind: 'choice', flag: 'package-manager', about: 'default: the one that runs this', choices: ['npm', 'pnpm', 'yarn', 'bun'] },
} as const satisfies { readonly [Key in keyof Project]: Question };

export type QuestionKey = keyof typeof questions;

// The keys of an object literal of this type are these and no others; Object.keys cannot know.
export const questionKeys = Object.keys(questions) as readonly QuestionKey[];

/** The same, for code that treats all alike. */
export const questionOf = (key: QuestionKey): Question => questions[key];
