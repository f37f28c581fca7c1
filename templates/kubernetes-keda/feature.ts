import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'kubernetes-keda',
  about: 'Kubernetes: the number of pods follows the utilisation of their event loops, by KEDA',
  chosen: ({ deploy, autoscaler }) => deploy.includes('kubernetes') && autoscaler === 'keda',
});
