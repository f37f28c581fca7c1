import { defineFeature } from '../feature.js';
import { objectivesOf } from '../prometheus/objectives.js';
import { alertGroups, sloGroups } from '../prometheus/rules.js';

export default defineFeature({
  name: 'kubernetes',
  about: 'Kubernetes: Kustomize base and overlay',
  chosen: ({ deploy }) => deploy.includes('kubernetes'),
  checks: [{ name: 'Kubernetes overlay production', program: 'kubectl', arguments: ['kustomize', 'ops/kubernetes/overlays/production', '--output', '/dev/null'] }],
  data: (project) => ({
    // The same rules as in ops/prometheus, in the Prometheus Operator's envelope.
    'ops/kubernetes/monitoring/prometheus-rule.yaml': {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: project.name, labels: { 'app.kubernetes.io/name': project.name, release: 'kube-prometheus-stack' } },
      spec: { groups: [...alertGroups(project.name), ...sloGroups(project.name, objectivesOf(project))] },
    },
  }),
});
