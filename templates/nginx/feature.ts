import { defineFeature } from '../feature.js';
import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';
import { nginxTests } from '../prometheus/promtool-tests.js';
import { nginxGroups } from '../prometheus/rules.js';

export default defineFeature({
  name: 'nginx',
  about: 'nginx in front of the service: limits, cache, request ids, JSON access log, metrics and alerts',
  chosen: ({ proxy }) => proxy === 'nginx',
  checks: [
    { name: 'nginx configuration', program: 'sh', arguments: ['scripts/check-nginx.sh'], needs: ['nginx'] },
    { name: 'Prometheus alerts about nginx fire', program: 'promtool', arguments: ['test', 'rules', 'ops/prometheus/tests/nginx.test.yml'] },
  ],
  services: () => ({
    'nginx-exporter': `image: ${images.node}
command: [node, /etc/nginx/exporter.mjs]
environment:
  # For Prometheus, in another container. Default: 127.0.0.1
  METRICS_HOST: 0.0.0.0
volumes: ['./ops/nginx:/etc/nginx:ro']
# nginx's log and status page find it on 127.0.0.1, here as on a host.
network_mode: service:nginx
# The image's user "node". Default: root
user: '1000:1000'
${lockedDown}
`,
  }),
  data: ({ name }) => ({
    'ops/prometheus/nginx.rules.yml': { groups: nginxGroups(name) },
    'ops/prometheus/tests/nginx.test.yml': nginxTests(name),
  }),
});
