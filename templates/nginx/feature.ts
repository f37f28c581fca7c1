import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'nginx',
  about: 'nginx in front of the service: limits, request ids, JSON access log',
  chosen: ({ proxy }) => proxy === 'nginx',
  checks: [{ name: 'nginx configuration', program: 'sh', arguments: ['scripts/check-nginx.sh'], needs: ['nginx'] }],
});
