import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'kubernetes-hpa',
  about: 'Kubernetes: the number of pods follows their CPU',
  chosen: ({ deploy, autoscaler }) => deploy.includes('kubernetes') && autoscaler === 'hpa',
});
