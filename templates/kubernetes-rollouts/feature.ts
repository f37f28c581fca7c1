import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'kubernetes-rollouts',
  about: 'Kubernetes: new versions by Argo Rollouts, step by step, taken back when they fail more requests',
  chosen: ({ deploy, canary }) => deploy.includes('kubernetes') && canary === 'rollouts',
  checks: [{ name: 'Kubernetes overlay rollouts', program: 'kubectl', arguments: ['kustomize', 'ops/kubernetes/overlays/rollouts', '--output', '/dev/null'] }],
});
