import { defineFeature } from '../feature.js';
import { nginxContainer } from '../nginx/compose-service.js';

export default defineFeature({
  name: 'nginx-tls',
  about: 'nginx with TLS for a real domain',
  chosen: ({ proxy, domain }) => proxy === 'nginx' && domain !== 'localhost',
  services: () => ({
    nginx: nginxContainer({ ports: [80, 443], volumes: ['/etc/letsencrypt:/etc/letsencrypt:ro', '/var/www/acme:/var/www/acme:ro'] }),
  }),
});
