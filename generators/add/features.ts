import type { QuestionKey } from '../answers/questions.js';

/** What `add` knows besides routes and tasks: the answer that each stands for. Lists get it added, others are set to it. */
export const features = {
  docker: 'deploy',
  systemd: 'deploy',
  kubernetes: 'deploy',
  nginx: 'proxy',
  email: 'alerts',
  slack: 'alerts',
  dingtalk: 'alerts',
  webhook: 'alerts',
} as const satisfies Readonly<Record<string, QuestionKey>>;

export type FeatureName = keyof typeof features;

export const isFeature = (name: string): name is FeatureName => Object.hasOwn(features, name);
