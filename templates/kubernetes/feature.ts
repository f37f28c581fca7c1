import { defineFeature } from '../feature.js';
import { alertGroups, sloGroups } from '../prometheus/rules.js';

export default defineFeature({
  name: 'kubernetes',
  about: 'Kubernetes: Kustomize base and overlays, scaled by CPU or by the event loop',
  chosen: ({ deploy }) => deploy.includes('kubernetes'),
  checks: ['production', 'keda'].map((overlay) => ({
    name: `Kubernetes overlay ${overlay}`,
    program: 'kubectl',
    arguments: ['kustomize', `ops/kubernetes/overlays/${overlay}`, '--output', '/dev/null'],
  })),
  data: ({ name }) => ({
    // The same rules as in ops/prometheus, in the Prometheus Operator's envelope.
    'ops/kubernetes/monitoring/prometheus-rule.yaml': {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name, labels: { 'app.kubernetes.io/name': name, release: 'kube-prometheus-stack' } },
      spec: { groups: [...alertGroups(name), ...sloGroups(name)] },
    },
  }),
});
