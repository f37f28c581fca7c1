import alertmanager from './alertmanager/feature.js';
import checks from './checks/feature.js';
import ci from './ci/feature.js';
import compose from './compose/feature.js';
import dingtalk from './dingtalk/feature.js';
import docker from './docker/feature.js';
import type { Feature } from './feature.js';
import grafana from './grafana/feature.js';
import kubernetesCanary from './kubernetes-canary/feature.js';
import kubernetesHpa from './kubernetes-hpa/feature.js';
import kubernetesKeda from './kubernetes-keda/feature.js';
import kubernetesRollouts from './kubernetes-rollouts/feature.js';
import kubernetes from './kubernetes/feature.js';
import nginxHttp from './nginx-http/feature.js';
import nginxTls from './nginx-tls/feature.js';
import nginx from './nginx/feature.js';
import operations from './operations/feature.js';
import pnpm from './pnpm/feature.js';
import prometheus from './prometheus/feature.js';
import service from './service/feature.js';
import systemd from './systemd/feature.js';
import yarn from './yarn/feature.js';

/** Every feature, in the order of the emitted README. A new one is added here and nowhere else. */
export const features = [service, operations, pnpm, yarn, docker, compose, systemd, kubernetes, kubernetesHpa, kubernetesKeda, kubernetesCanary, kubernetesRollouts, nginx, nginxHttp, nginxTls, prometheus, grafana, alertmanager, dingtalk, checks, ci] as const satisfies readonly Feature[];

export type FeatureName = (typeof features)[number]['name'];
