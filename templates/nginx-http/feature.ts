import { defineFeature } from '../feature.js';
import { nginxContainer } from '../nginx/compose-service.js';

export default defineFeature({
  name: 'nginx-http',
  about: 'nginx on plain HTTP, for this machine and private networks',
  chosen: ({ proxy, domain }) => proxy === 'nginx' && domain === 'localhost',
  services: () => ({ nginx: nginxContainer({ ports: [8080] }) }),
});
