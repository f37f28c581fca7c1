import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'kubernetes-canary',
  about: 'Kubernetes: a second Deployment for a new version, beside the first',
  chosen: ({ deploy, canary }) => deploy.includes('kubernetes') && canary === 'deployment',
  checks: [{ name: 'Kubernetes overlay canary', program: 'kubectl', arguments: ['kustomize', 'ops/kubernetes/overlays/canary', '--output', '/dev/null'] }],
});
